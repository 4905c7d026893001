"""What each role finds in the menu, as data: a few groups of pages, and what everybody reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

from django.contrib.auth.models import AnonymousUser
from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.permissions import (
    is_administrator,
    is_assessor,
    is_auditor,
    is_coordinator,
    is_finance_officer,
    is_officer,
    sees_some_country,
)
from dashboards.history.permissions import may_search_history
from vouchers.correspondence.permissions import may_read_all_questions

Person = User | AnonymousUser
# So few entries stand side by side; more are told under a few words.
FEW = 8


@dataclass(frozen=True)
class MenuEntry:
    """One link of the menu: its words, where it leads, and who sees it."""

    label: str | Promise
    url_name: str
    shown_to: Callable[[Person], bool]

    @property
    def url(self) -> str:
        return _address(self.url_name, get_script_prefix())


@cache
def _address(url_name: str, _below: str) -> str:
    """Where an entry leads. It stands on every page, and is the same for everybody."""
    return reverse(url_name)


@dataclass(frozen=True)
class MenuGroup:
    """Entries under one word, in order; without a word they stand for themselves."""

    label: str | Promise
    entries: list[MenuEntry] = field(default_factory=list)


def _everybody(_person: Person) -> bool:
    return True


def _applicants(person: Person) -> bool:
    """People without a role of staff: they come to apply, or to follow their voucher."""
    return person.is_authenticated and not person.is_staff_member


def _public(person: Person) -> bool:
    return not person.is_authenticated


def _readers_of_everything(person: Person) -> bool:
    return is_coordinator.test(person) or is_auditor.test(person)


def _officers_and_above(person: Person) -> bool:
    return is_officer.test(person) or _readers_of_everything(person)


def _letter_writers(person: Person) -> bool:
    return is_officer.test(person) or is_coordinator.test(person)


def _watchers_of_roles(person: Person) -> bool:
    """Administrators get there from the page of people."""
    return _readers_of_everything(person) and not is_administrator.test(person)


def _scorers(person: Person) -> bool:
    return is_assessor.test(person) or is_officer.test(person)


def _money(person: Person) -> bool:
    return is_finance_officer.test(person) or _readers_of_everything(person)


def _concerned_with_vouchers(person: Person) -> bool:
    """Everybody who is logged in but those who score and do nothing else."""
    others = _applicants(person) or _officers_and_above(person) or _money(person)
    return person.is_authenticated and (others or not is_assessor.test(person))


MENU = [
    MenuGroup(
        "",
        [
            MenuEntry(_("Home"), "dashboards:home", _everybody),
            MenuEntry(_("The programme"), "dashboards:overview", _money),
            MenuEntry(_("Reports"), "reports:list", sees_some_country.test),
        ],
    ),
    MenuGroup(
        pgettext_lazy("menu", "Selection"),
        [
            MenuEntry(_("Calls"), "calls:list", lambda person: not _readers_of_everything(person)),
            MenuEntry(_("Calls"), "calls:manage", _readers_of_everything),
            MenuEntry(_("My clusters"), "clusters:mine", _applicants),
            MenuEntry(_("My applications"), "applications:mine", _applicants),
            MenuEntry(_("Applications"), "applications:list", _officers_and_above),
            MenuEntry(_("Questions"), "correspondence:everything", may_read_all_questions.test),
            MenuEntry(_("Scoring"), "scoring:list", _officers_and_above),
            MenuEntry(_("To score"), "scoring:mine", _scorers),
            MenuEntry(_("Selection"), "awards:rounds", _readers_of_everything),
        ],
    ),
    MenuGroup(
        pgettext_lazy("menu", "Assistance"),
        [
            MenuEntry(_("Vouchers"), "dashboards:vouchers", _concerned_with_vouchers),
            MenuEntry(_("Milestones"), "dashboards:milestones", sees_some_country.test),
            MenuEntry(
                pgettext_lazy("of technical assistance", "Sessions"),
                "dashboards:sessions",
                sees_some_country.test,
            ),
            MenuEntry(_("Providers"), "providers:list", is_officer.test),
            MenuEntry(_("Indicators"), "dashboards:indicators", sees_some_country.test),
            MenuEntry(_("Follow-up surveys"), "surveys:list", _officers_and_above),
        ],
    ),
    MenuGroup(
        pgettext_lazy("menu", "Money"),
        [
            MenuEntry(_("Claims"), "payments:claim_list", sees_some_country.test),
            MenuEntry(_("Payments"), "batches:list", _money),
            MenuEntry(_("Receipts"), "receipts:list", sees_some_country.test),
            MenuEntry(_("Corrections"), "recoveries:list", sees_some_country.test),
            MenuEntry(_("Ledger"), "ledger:trial", sees_some_country.test),
            MenuEntry(_("Screenings"), "screening:list", _money),
        ],
    ),
    MenuGroup(
        pgettext_lazy("menu", "Administration"),
        [
            MenuEntry(_("People"), "accounts:people", is_administrator.test),
            MenuEntry(_("Roles"), "accounts:roles", _watchers_of_roles),
            MenuEntry(_("Letterheads"), "clusters:letterheads", _letter_writers),
            MenuEntry(pgettext_lazy("menu", "Wording"), "texts:list", _readers_of_everything),
            MenuEntry(_("History"), "dashboards:history", may_search_history.test),
            MenuEntry(_("Background work"), "dashboards:background", is_administrator.test),
        ],
    ),
    MenuGroup(
        pgettext_lazy("menu", "Public pages"),
        [
            MenuEntry(_("Clusters"), "clusters:directory", _everybody),
            MenuEntry(_("Results"), "dashboards:results", _everybody),
            MenuEntry(_("Verify a document"), "documents:verify_form", _public),
        ],
    ),
]


def menu_for(person: Person) -> list[MenuGroup]:
    """What the person sees, in order: few entries side by side, many under the words of their groups.

    A group with a single entry is that entry.
    """
    seen = [
        MenuGroup(group.label, [one for one in group.entries if one.shown_to(person)])
        for group in MENU
    ]
    if sum(len(group.entries) for group in seen) <= FEW:
        return [MenuGroup("", [one for group in seen for one in group.entries])]
    return list(_grouped(seen))


def _grouped(groups: list[MenuGroup]) -> Iterator[MenuGroup]:
    for group in groups:
        if len(group.entries) == 1:
            yield MenuGroup("", group.entries)
        elif group.entries:
            yield group
