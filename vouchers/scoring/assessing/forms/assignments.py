"""What those who assign assessors type: whom to ask, in whose place, until when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conduct.forms import EndField, ReasonForm


class AssignForm(forms.Form):
    """Whom to ask for an assessment."""

    assessor: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        None, label=_("Assessor"), empty_label=_("Choose an assessor")
    )

    def __init__(self, *args: Any, assessors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assessor"].queryset = assessors  # type: ignore[attr-defined]


class DueForm(ReasonForm):
    """Until when is scored, and why that changes."""

    due_at = EndField(label=_("To be scored by"))
    field_order = ["due_at", "reason"]

    def __init__(self, *args: Any, standing: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_at"].initial = timezone.localtime(standing)
        self.fields["due_at"].help_text = _("In your own time: %(zone)s.") % {
            "zone": timezone.get_current_timezone_name()
        }


class ReplaceForm(ReasonForm):
    """Who is asked in place of another, and why."""

    assessor = forms.ModelChoiceField(
        User.objects.none(), label=_("Assessor"), empty_label=_("Choose an assessor")
    )
    field_order = ["assessor", "reason"]

    def __init__(self, *args: Any, assessors: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assessor"].queryset = assessors  # type: ignore[attr-defined]
