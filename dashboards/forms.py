"""What the list of vouchers is narrowed to."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from vouchers.awards.models import Voucher


class VoucherFilter(forms.Form):
    """Text in reference or name, and the state of the voucher."""

    text = forms.CharField(label=_("Reference or cluster"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All states")), *Voucher.State.choices],
    )
