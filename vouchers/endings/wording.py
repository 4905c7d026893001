"""Why a day cannot be taken, in words of the active language."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from documents.wording import day
from vouchers.awards.models import Voucher

from .rules.limits import DayMisfit


def sentence_of(misfit: DayMisfit, voucher: Voucher, *, bound: date) -> str:
    """What is wrong with the day; `bound` is the first or last one that could be taken."""
    return {
        DayMisfit.NONE_LEFT: _("This voucher was extended as often as the call allows."),
        DayMisfit.BEFORE_START: _("The voucher starts on %(day)s: choose a later day.")
        % {"day": day(voucher.valid_from)},
        DayMisfit.PAST: _("This day is past: choose one from today on."),
        DayMisfit.NOT_LATER: _("The voucher ends on %(day)s already: choose a later day.")
        % {"day": day(voucher.valid_until)},
        DayMisfit.TOO_LATE: _("The last day that can be chosen is %(day)s.") % {"day": day(bound)},
        DayMisfit.TOO_SOON: _("The notice must run first: choose %(day)s or a later day.")
        % {"day": day(bound)},
    }[misfit]
