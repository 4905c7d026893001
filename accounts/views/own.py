"""Pages about oneself."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views import i18n
from django.views.decorators.http import require_POST

from accounts import actions
from accounts.forms import ProfileForm
from accounts.middleware import PersonRequest
from accounts.models import User


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Switch the language of the pages, and keep it with the account of whoever is logged in.

    The language of their e-mails goes with it, and they are told so.
    """
    language = request.POST.get("language", "")
    person = request.user
    if person.is_authenticated and language in dict(settings.LANGUAGES):
        changes = language != person.language
        actions.choose_language(person, language, by=person)
        if changes:
            with override(language):
                messages.info(request, _("E-mails now come to you in this language, too."))
    return i18n.set_language(request)


@login_required
def profile(request: PersonRequest) -> HttpResponse:
    """One's own name, language and time zone, and the way to everything that keeps them safe."""
    # A copy, so that what was typed does not pass for what is, elsewhere on the page.
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        actions.change_profile(request.user, **form.cleaned_data, by=request.user)
        with override(request.user.language):
            messages.success(request, _("Your profile is saved."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})
