"""What the directory of clusters, and the list of the members of one, are narrowed to."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusters.models import Member, MemberKind, MemberSize, PublicPage, nace
from lists.forms import ListFilters, WordsFilter


class CountryFilter(django_filters.ChoiceFilter):
    """The country of a record, of those that the page offers, as `countries_reached_by` does."""

    def __init__(self, field_name: str = "country_id") -> None:
        super().__init__(field_name=field_name, label=_("Country"), empty_label=_("All countries"))


class DirectoryFilters(ListFilters):
    """Text in a name or the sector, activity by NACE, and country."""

    text = WordsFilter("name", "aliases", "sector", label=_("Name or sector"))
    section = django_filters.ChoiceFilter(
        label=_("Activity by NACE"),
        choices=nace.section_choices,
        empty_label=_("All activities"),
        method="active_in",
    )
    country = CountryFilter("cluster__country_id")

    def active_in(
        self, pages: QuerySet[PublicPage], _name: str, section: str
    ) -> QuerySet[PublicPage]:
        return pages.filter(nace_codes__overlap=nace.within(section))


class MemberFilters(ListFilters):
    """Text in name or town, kind and size; the current members, those who left, or all."""

    text = WordsFilter("name", "town", label=_("Name or town"))
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=MemberKind.choices, empty_label=_("All kinds")
    )
    size = django_filters.ChoiceFilter(
        label=_("Size"), choices=MemberSize.choices, empty_label=_("All sizes")
    )
    standing = django_filters.ChoiceFilter(
        label=_("Membership"),
        choices=[
            ("left", pgettext_lazy("members of a cluster", "left")),
            ("all", pgettext_lazy("members of a cluster", "current and left")),
        ],
        empty_label=pgettext_lazy("members of a cluster", "current"),
        method="with_standing",
    )

    def with_standing(
        self, members: QuerySet[Member], _name: str, standing: str
    ) -> QuerySet[Member]:
        return members.exclude(left=None) if standing == "left" else members

    def filter_queryset(self, queryset: QuerySet[Member]) -> QuerySet[Member]:
        found = super().filter_queryset(queryset)
        chosen = self.form.cleaned_data.get("standing")
        return found if chosen else found.filter(left=None)
