"""What the lists of vouchers and of sent notices are narrowed to."""

from __future__ import annotations

from datetime import timedelta

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusters.forms.lists import CountryFilter
from conduct.queries.days import today
from dashboards.queries.vouchers import STEPS, having_reached
from lists.forms import ListFilters, WordsFilter
from vouchers.applications.queries import with_text
from vouchers.awards.models import Voucher
from vouchers.awards.queries.countersigning import awaits_countersignature
from vouchers.calls.forms.lists import CallFilter
from vouchers.endings.amendments.queries import awaits_amendment
from vouchers.endings.queries import ENDINGS, with_ending
from vouchers.standing.models import Light, Party, VoucherStage


class _VoucherWords(WordsFilter):
    """Text in the reference or the cluster's name, as applications keep it folded and indexed."""

    def filter(self, qs: QuerySet[Voucher], value: str) -> QuerySet[Voucher]:
        return with_text(qs, value, of="award__application__")


class VoucherFilters(ListFilters):
    """Text in reference or name, call and country, and where the voucher stands."""

    text = _VoucherWords(label=_("Reference or cluster"))
    call = CallFilter("award__application__call_id")
    country = CountryFilter("award__application__country_id")
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=Voucher.State.choices, empty_label=_("All states")
    )
    stage = django_filters.ChoiceFilter(
        field_name="standing__stage",
        label=_("Stage"),
        choices=VoucherStage.choices,
        empty_label=_("All stages"),
    )
    reached = django_filters.ChoiceFilter(
        label=_("Stage reached"),
        choices=STEPS,
        empty_label=pgettext_lazy("how far vouchers came", "Any"),
        method="come_as_far",
    )
    light = django_filters.ChoiceFilter(
        field_name="standing__light",
        label=_("Light"),
        choices=Light.choices,
        empty_label=_("All lights"),
    )
    turn = django_filters.ChoiceFilter(
        field_name="standing__party",
        label=_("Whose turn"),
        choices=Party.choices,
        empty_label=pgettext_lazy("whose turn", "Anybody’s"),
    )
    ending = django_filters.ChoiceFilter(
        method="under_way",
        label=_("Time and end"),
        choices=ENDINGS,
        empty_label=pgettext_lazy("time and end of a voucher", "Any"),
    )
    agreement = django_filters.ChoiceFilter(
        method="to_countersign",
        label=_("The agreement"),
        choices=[
            ("waits", _("waits for the second signature")),
            ("amendment", _("an amendment is to be signed")),
        ],
        empty_label=pgettext_lazy("agreement of a voucher", "Any"),
    )
    waiting = django_filters.ChoiceFilter(
        method="waiting_longer",
        label=_("Waiting"),
        choices=[
            ("7", _("longer than a week")),
            ("14", _("longer than two weeks")),
            ("30", _("longer than a month")),
        ],
        empty_label=pgettext_lazy("waiting", "Any length of time"),
    )

    def come_as_far(self, vouchers: QuerySet[Voucher], _name: str, step: str) -> QuerySet[Voucher]:
        """Those that came as far as a step, wherever they are now."""
        return vouchers.filter(having_reached(step))

    def under_way(self, vouchers: QuerySet[Voucher], _name: str, which: str) -> QuerySet[Voucher]:
        """Those whose end is asked about, proposed or decided, that were warned, or nobody signs for."""
        return with_ending(vouchers, which)

    def to_countersign(
        self, vouchers: QuerySet[Voucher], _name: str, what: str
    ) -> QuerySet[Voucher]:
        """Those whose agreement a coordinator has still to counter-sign, or a side an amendment of it."""
        condition = awaits_amendment if what == "amendment" else awaits_countersignature
        return vouchers.filter(condition())

    def waiting_longer(
        self, vouchers: QuerySet[Voucher], _name: str, days: str
    ) -> QuerySet[Voucher]:
        """Those where somebody has been waited for for more than so many days."""
        return vouchers.filter(standing__since__lt=today() - timedelta(days=int(days)))
