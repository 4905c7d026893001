"""What the lists of vouchers and of sent notices are narrowed to."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.forms.filtering import FilterForm
from notices.models import Notice
from vouchers.awards.models import Voucher


class VoucherFilter(FilterForm):
    """Text in reference or name, and the state of the voucher."""

    text = forms.CharField(label=_("Reference or cluster"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All states")), *Voucher.State.choices],
    )


class OutboxFilter(FilterForm):
    """Text in subject, name or address, and whether it arrived."""

    text = forms.CharField(label=_("Person or subject"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=pgettext_lazy("notice", "Delivery"),
        required=False,
        choices=[("", _("All states")), *Notice.State.choices],
    )
