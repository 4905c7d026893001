"""What the list of reports that fit no message is narrowed to."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lists.forms import ListFilters, WordsFilter
from notices.models import EventSource, SetAsideReport, Unmatched


class SetAsideFilters(ListFilters):
    """What it names, why it was set aside, where it came from, and whether somebody looked at it."""

    text = WordsFilter(
        "address", "words", "message_id", "reported_by", label=_("Address, words or message")
    )
    why = django_filters.ChoiceFilter(
        label=_("Reason"), choices=Unmatched.choices, empty_label=_("All reasons")
    )
    source = django_filters.ChoiceFilter(
        label=_("Known from"),
        choices=[
            one
            for one in EventSource.choices
            if one[0] in (EventSource.MAILBOX, EventSource.SERVICE)
        ],
        empty_label=_("Mailbox and delivery service"),
    )
    seen = django_filters.ChoiceFilter(
        label=_("Seen"),
        choices=[("no", _("Not seen yet")), ("yes", _("Seen"))],
        empty_label=_("All reports"),
        method="as_seen",
    )

    def as_seen(
        self, reports: QuerySet[SetAsideReport], _name: str, chosen: str
    ) -> QuerySet[SetAsideReport]:
        return reports.filter(seen__isnull=chosen == "no")
