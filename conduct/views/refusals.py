"""Turning a refusal of the domain into something that a person can read."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from conduct.actions import NoSpace, NotAllowed, Outdated, Refused, want_of_space_told
from conduct.forms import change_was_told


@contextmanager
def refusal_beside(form: forms.BaseForm) -> Iterator[None]:
    """Show a refusal of the enclosed action on the form, so that nothing typed is lost.

    What a model's own checks refuse is shown beside the field, where the form has it. NotAllowed
    passes through: it is about the person, not about what was typed. Where there is no room for it,
    the form says so too. Where something else stands than was read, the form carries from now on what
    its page shows beside it (see `carry_seen`).
    """
    try:
        with want_of_space_told():
            yield
    except NotAllowed:
        raise
    except Refused as refusal:
        beside = refusal.field if refusal.field in form.fields else None
        form.add_error(beside, str(refusal.message))
        if isinstance(refusal, Outdated):
            change_was_told(form)
    except ValidationError as error:
        for name, problems in _by_field(error).items():
            form.add_error(name if name in form.fields else None, problems)


def _by_field(error: ValidationError) -> dict[str, list[ValidationError]]:
    if hasattr(error, "error_dict"):
        return error.error_dict
    return {NON_FIELD_ERRORS: error.error_list}


def refused_status(refusal: Refused) -> int:
    """The status with which a script that saves is told of a refusal: 409, or 507 for want of room.

    Never 403, by which it knows that somebody else is logged in, or nobody.
    """
    return 507 if isinstance(refusal, NoSpace) else 409
