"""Terms of reference, who is asked on them, until when, and with how few one may do."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conduct.forms import DayInput, EndField, RowFormSet, clock_of
from inputs.forms.fields import MoneyField, ShareField, WholeField
from inputs.forms.widgets import PlainEmailInput
from vouchers.providers.models import Provider
from vouchers.providers.quotes.actions import AskedMilestone
from vouchers.providers.quotes.models import TermsOfReference

MOST_MILESTONES = 30


def text_area(rows: int) -> forms.Textarea:
    """Some lines in whatever direction is written."""
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class CountryEndField(EndField):
    """An end on the clock of a country, whatever that of the reader is: 23:59 means the whole day."""

    def __init__(self, *, zone: ZoneInfo, **options: Any) -> None:
        super().__init__(**options)
        self.zone = zone
        self.help_text = _("On the clock of %(city)s.") % {"city": clock_of(zone)}

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(self.zone):
            return super().prepare_value(value)

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(self.zone):
            return super().to_python(value)


class TermsForm(forms.Form):
    """What is asked for; the grounds of the choice are those of the call."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    scope = forms.CharField(
        label=gettext_lazy("Scope of the work"), widget=text_area(6), max_length=6000
    )
    deliverables_text = forms.CharField(
        label=gettext_lazy("Expected deliverables"), widget=text_area(5), max_length=6000
    )
    days = ShareField(
        label=gettext_lazy("Days of expertise"),
        max_digits=6,
        decimal_places=2,
        min_value=Decimal("0.25"),
    )
    ceiling = MoneyField(
        label=gettext_lazy("Most that it may cost (EUR)"),
        max_digits=12,
        decimal_places=2,
        min_value=Decimal("0.01"),
    )
    shows_ceiling = forms.BooleanField(
        label=gettext_lazy("Providers read the ceiling"), required=False
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the quotes"), choices=settings.LANGUAGES
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].widget.attrs["dir"] = "auto"


TERMS_FIELDS = tuple(TermsForm.base_fields)


class AskedMilestoneForm(forms.Form):
    """One step that is asked for."""

    title = forms.CharField(label=gettext_lazy("What is delivered"), max_length=200)
    days = ShareField(
        label=gettext_lazy("Days of expertise"),
        max_digits=6,
        decimal_places=2,
        min_value=Decimal("0.25"),
        required=False,
    )
    due_on = forms.DateField(label=gettext_lazy("Due on"), widget=DayInput(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].widget.attrs["dir"] = "auto"


class _AskedRows(RowFormSet):
    def milestones(self) -> list[AskedMilestone]:
        """The steps that were typed, in order."""
        return [AskedMilestone(**row) for row in self.rows() if row.get("title")]


AskedMilestoneFormSet = cast(
    type[_AskedRows],
    forms.formset_factory(
        AskedMilestoneForm,
        formset=_AskedRows,
        extra=0,
        min_num=1,
        max_num=MOST_MILESTONES,
        can_delete=True,
    ),
)


class AskedProviderForm(forms.Form):
    """A provider that is asked, and who answers for it."""

    provider = forms.ModelChoiceField(
        label=gettext_lazy("Provider"), queryset=Provider.objects.none()
    )
    name = forms.CharField(label=gettext_lazy("Who answers"), max_length=150)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        widget=PlainEmailInput(),
        help_text=gettext_lazy("The personal link goes there. It must not be passed on."),
    )
    why_asked = forms.CharField(
        label=gettext_lazy("Why it is asked all the same"),
        widget=text_area(2),
        max_length=2000,
        required=False,
        help_text=gettext_lazy("Only where the provider is called like somebody of the cluster."),
    )

    def __init__(self, *args: Any, providers: QuerySet[Provider], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = providers  # type: ignore[attr-defined]
        self.fields["name"].widget.attrs["dir"] = "auto"


class DeadlineForm(forms.Form):
    """Until when quotes are awaited; the clock is that of the cluster's country."""

    def __init__(self, *args: Any, terms: TermsOfReference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deadline"] = CountryEndField(
            zone=terms.country.zone, label=_("Deadline"), initial=terms.deadline
        )
        self.order_fields(self.field_order)


class ExtendForm(DeadlineForm):
    """A later deadline, and why."""

    field_order = ("deadline", "reason")

    reason = forms.CharField(
        label=gettext_lazy("Why is it extended?"),
        widget=text_area(3),
        max_length=2000,
        help_text=gettext_lazy("Every provider that is asked reads it."),
    )


class DerogationForm(forms.Form):
    """With how few one may do, and why."""

    least = WholeField(label=gettext_lazy("So many are enough"), min_value=1, max_value=20)
    reason = forms.CharField(
        label=gettext_lazy("Why are fewer enough?"), widget=text_area(4), max_length=3000
    )


class DecisionForm(forms.Form):
    """Yes or no, and what is said with it."""

    decision = forms.TypedChoiceField(
        label=gettext_lazy("Decision"),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect(),
    )
    answer = forms.CharField(
        label=gettext_lazy("What you say with it"),
        widget=text_area(3),
        max_length=3000,
        required=False,
        help_text=gettext_lazy("Needed where you say no."),
    )

    def __init__(self, *args: Any, yes: str, no: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [("yes", yes), ("no", no)]  # type: ignore[attr-defined]
