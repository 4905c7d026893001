"""One version of a text beside another."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.middleware import PersonRequest
from texts import queries
from texts.actions import TextPlace
from texts.forms import direction_of
from texts.models import TextVersion

from .places import address_of, built_in_at, require_reader, told_apart, versions_at


@login_required
@require_GET
def version(request: PersonRequest, pk: int) -> HttpResponse:
    """One version beside another of the same text: the one before it, unless `with` names one."""
    require_reader(request)
    one = get_object_or_404(queries.text_versions(), pk=pk)
    kind = one.text.owned_kind
    if kind is None:
        raise Http404
    place = TextPlace(kind, one.text.language, one.text.call)
    versions = list(versions_at(place))
    other = _other(request, one, versions)
    context = {
        "version": one,
        "other": other,
        "versions": versions,
        "place": place,
        "address": address_of(place),
        "passages": told_apart(one, built_in_at(place), other.passages if other else {}),
        "direction": direction_of(one.text.language),
    }
    return render(request, "texts/version.html", context)


def _other(
    request: PersonRequest, one: TextVersion, versions: list[TextVersion]
) -> TextVersion | None:
    wanted = request.GET.get("with", "")
    by_number = {str(each.number): each for each in versions}
    if wanted and wanted not in by_number:
        raise Http404
    return by_number.get(wanted or str(one.number - 1))
