"""What may be published."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from vouchers.assistance.reports.models import PublicationConsent


class ConsentForm(forms.Form):
    """The kinds to whose publication the cluster consents."""

    kinds = forms.MultipleChoiceField(
        label=_("Everybody may see"),
        choices=PublicationConsent.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "Once the report is accepted. You can take it back at any time: it is gone from the "
            "public pages at once. What others have copied meanwhile cannot be called back."
        ),
    )
