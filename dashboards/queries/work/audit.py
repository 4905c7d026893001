"""What an auditor looks for: where people departed from the rule, and what was changed afterwards."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import is_auditor
from accounts.queries import grants_visible_to
from conduct.queries.scoping import for_system
from dashboards.queries.waiting import WaitingWork
from vouchers.applications.models import Recusal
from vouchers.applications.queries import applications_visible_to
from vouchers.awards.models import CeilingOverride
from vouchers.awards.queries import decisions_visible_to, vouchers_visible_to
from vouchers.payments.control.models import SeparationPolicy
from vouchers.payments.recoveries.models import Correction
from vouchers.payments.recoveries.queries import corrections_visible_to
from vouchers.providers.models import ProviderAccount
from vouchers.providers.quotes.queries import derogations_visible_to
from vouchers.scoring.assessing.models import Assignment
from vouchers.scoring.assessing.queries.register import declarations_visible_to
from vouchers.standing.models import LightOverride


def audited(user: User) -> Iterator[WaitingWork]:
    """Each kind of departure that an auditor reads, the newest records first; nothing for others."""
    if not is_auditor.test(user):
        return
    yield from _of_selection()
    yield from _of_assistance()
    yield from _of_money()
    yield WaitingWork(
        "roles-given",
        _("Roles that are held"),
        lambda user: grants_visible_to(user).filter(revoked_at=None),
        reverse("accounts:roles"),
        lambda _grant: reverse("accounts:roles"),
    )


def _of_selection() -> Iterator[WaitingWork]:
    yield WaitingWork(
        "conflicts",
        _("Conflicts of interest that assessors declared"),
        lambda user: (
            declarations_visible_to(user)
            .filter(state=Assignment.State.CONFLICTED)
            .select_related("application__cluster", "assessor")
        ),
        f"{reverse('scoring:register')}?outcome=conflict",
        lambda found: reverse("scoring:application", args=[found.application_id]),
        label=lambda found: f"\u2068{found.assessor}\u2069 · \u2068{found.application}\u2069",
    )
    yield WaitingWork(
        "recusals",
        _("People who were shut out of an application"),
        _recusals,
        "",
        lambda found: found.application.get_absolute_url(),
    )
    yield WaitingWork(
        "departures",
        _("Decisions that depart from the ranking"),
        lambda user: decisions_visible_to(user).exclude(departure_reason="").order_by("-pk"),
        reverse("awards:rounds"),
        lambda found: found.selection_round.get_absolute_url(),
        label=lambda found: (
            f"\u2068{found.application}\u2069 · \u2068{found.departure_reason}\u2069"
        ),
        since="selection_round__proposed_at",
    )
    yield WaitingWork(
        "ceiling-exceptions",
        _("Exceptions from the ceiling of support"),
        _overrides,
        "",
        CeilingOverride.get_absolute_url,
        label=lambda found: f"\u2068{found.application}\u2069 · \u2068{found.reason}\u2069",
    )


def _of_assistance() -> Iterator[WaitingWork]:
    yield WaitingWork(
        "derogations",
        _("Derogations from the number of quotes"),
        lambda user: derogations_visible_to(user).order_by("-asked_at", "-pk"),
        "",
        lambda found: found.terms.voucher.get_absolute_url(),
        label=lambda found: str(found.terms.voucher),
    )
    yield WaitingWork(
        "lights-by-hand",
        _("Lights of vouchers that were set by hand"),
        _lights,
        reverse("dashboards:vouchers"),
        lambda found: found.voucher.get_absolute_url(),
        label=lambda found: f"\u2068{found.voucher}\u2069 · \u2068{found.reason}\u2069",
    )


def _of_money() -> Iterator[WaitingWork]:
    yield WaitingWork(
        "accounts-changed",
        _("Accounts of providers that replaced another"),
        _changed_accounts,
        "",
        lambda found: found.provider.get_absolute_url(),
        label=lambda found: str(found.provider),
    )
    yield WaitingWork(
        "separations",
        _("Policies of separations that were put in force"),
        lambda _user: SeparationPolicy.objects.exclude(confirmed_at=None).order_by(
            "-confirmed_at", "-pk"
        ),
        reverse("control:policies"),
        SeparationPolicy.get_absolute_url,
    )
    yield WaitingWork(
        "all-corrections",
        _("Corrections after audit"),
        lambda user: corrections_visible_to(user).order_by("-proposed_at", "-pk"),
        reverse("recoveries:list"),
        Correction.get_absolute_url,
    )


def _recusals(user: User) -> QuerySet[Recusal]:
    seen = applications_visible_to(user).order_by().values("pk")
    found = Recusal.objects.filter(application__in=seen).select_related(
        "person", "application__cluster"
    )
    return found.order_by("-declared_at", "-pk")


def _overrides(user: User) -> QuerySet[CeilingOverride]:
    seen = applications_visible_to(user).order_by().values("pk")
    granted = CeilingOverride.objects.filter(
        application__in=seen, state=CeilingOverride.State.GRANTED
    )
    return granted.select_related("application__cluster").order_by("-decided_at", "-pk")


def _lights(user: User) -> QuerySet[LightOverride]:
    seen = vouchers_visible_to(user).order_by().values("pk")
    found = LightOverride.objects.filter(voucher__in=seen)
    return found.select_related("voucher__award__application__cluster").order_by("-set_at", "-pk")


@for_system("an auditor reads the accounts of all providers, behind is_auditor")
def _changed_accounts(_user: User) -> QuerySet[ProviderAccount]:
    earlier = ProviderAccount.objects.filter(
        provider=OuterRef("provider"), entered_at__lt=OuterRef("entered_at")
    )
    changed = ProviderAccount.objects.filter(Exists(earlier)).select_related("provider")
    return changed.order_by("-entered_at", "-pk")
