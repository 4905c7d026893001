"""Files of an application, to an assessor who declared to have no conflict."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.middleware import PersonRequest
from files.views.serving import preview_picture
from vouchers.applications.models import Attachment
from vouchers.applications.views.attachments import attachment_file
from vouchers.scoring.assessing.permissions import may_read_as_assessor
from vouchers.scoring.assessing.queries.assignments import assignments_of


@login_required
@require_safe
def attachment(request: PersonRequest, pk: int, file_pk: int) -> HttpResponseBase:
    """A file of an application, to an assessor who declared to have no conflict."""
    return attachment_file(request, _file(request, pk, file_pk))


@login_required
@require_safe
def preview(request: PersonRequest, pk: int, file_pk: int, number: int) -> HttpResponseBase:
    """The picture of a page of such a file (0 for the thumbnail)."""
    file = _file(request, pk, file_pk)
    return preview_picture(request, file.file, number, sha256=file.sha256)


def _file(request: PersonRequest, pk: int, file_pk: int) -> Attachment:
    """A file of the application that the assessor may read; 404 before the declaration."""
    found = get_object_or_404(assignments_of(request.user), pk=pk)
    if not may_read_as_assessor.test(request.user, found):
        raise Http404
    return get_object_or_404(found.application.attachments.all(), pk=file_pk)
