"""What people read where there is no room left for what they sent, and how they send it once more."""

from __future__ import annotations

import re
import sys
from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults

from conduct.actions import NoSpace, Refused
from conduct.actions.space import lacks_space, note_no_space

STATUS = 507
_CSRF = "csrfmiddlewaretoken"
# What is never written into a page, not even for the person who typed it.
_SECRET = re.compile("password|secret|recovery|otp|^code$", re.IGNORECASE)


def no_space_answer(request: HttpRequest, error: Exception, *, is_bare: bool) -> HttpResponse:
    """507 with a sentence: as a page that holds what was typed, ready to be sent again, or bare.

    What arrived as a file is not held; the page says to choose it again.
    """
    if not isinstance(error, NoSpace):
        note_no_space(error)
    sentence = str(error.message if isinstance(error, Refused) else NoSpace().message)
    if is_bare:
        return HttpResponse(sentence, status=STATUS, content_type="text/plain; charset=utf-8")
    typed = [(name, value) for name, values in request.POST.lists() for value in values]
    typed = [(name, value) for name, value in typed if name != _CSRF]
    context = {
        "sentence": sentence,
        "typed": typed,
        "may_send_again": bool(typed) and not any(_SECRET.search(name) for name, _value in typed),
        "had_files": request.content_type == "multipart/form-data",
    }
    return render(request, "507.html", context, status=STATUS)


def server_error(request: HttpRequest) -> HttpResponse:
    """What answers an error outside any view too: while a form is read, or a session saved."""
    error = sys.exc_info()[1]
    if isinstance(error, Exception) and lacks_space(error):
        # Where that page needs what has no room itself, the one that needs nothing serves.
        with suppress(Exception):
            return no_space_answer(request, error, is_bare=False)
    return defaults.server_error(request)
