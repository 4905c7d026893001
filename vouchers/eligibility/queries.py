"""Reads for the check: what data say of an application, and what waits for whom."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property

from django.db.models import Case, F, Func, Q, QuerySet, TextField, Value, When
from django.utils import timezone

from accounts.models import User
from clusters.models import Cluster, Representative
from inputs.folding import code_form, without_leading_zeros
from inputs.searching import CodeForm
from records.days import day_of
from vouchers.applications.models import SENT, Application, SignedDeclaration
from vouchers.applications.queries import applications_visible_to, filled_form
from vouchers.calls.models import EligibilityRule

from .automatic import ApplicationFacts, Automatic, HeldVoucher, Signature, automatic_answer
from .models import (
    CheckDraft,
    Clarification,
    ClarificationFile,
    ClarificationItem,
    EligibilityCheck,
    Hint,
)


class Checklist:
    """The rules of an application's call, with what the data say about each; read when asked."""

    def __init__(self, application: Application) -> None:
        self.application = application

    @cached_property
    def rules(self) -> list[EligibilityRule]:
        return list(self.application.call.eligibility_rules.all())

    @cached_property
    def facts(self) -> ApplicationFacts:
        return facts_of(self.application)

    def automatic(self) -> dict[int, Automatic | None]:
        """What the data say, by rule id, in the active language."""
        return {rule.pk: automatic_answer(rule, self.facts) for rule in self.rules}


def facts_of(application: Application) -> ApplicationFacts:
    """What the data know of an application and its legal entity; a constant number of queries.

    Awards and vouchers hang on to applications by name, in rooms above this one.
    """
    call, cluster = application.call, application.cluster
    entity = same_legal_entity(cluster)
    quota = call.quotas.filter(country_id=cluster.country_id).first()
    form = filled_form(application)
    return ApplicationFacts(
        country=str(cluster.country),
        vouchers_in_country=quota.vouchers if quota else None,
        registration_number=cluster.registration_number,
        established=cluster.established,
        others_in_call=tuple(
            reference or ""
            for reference in Application.objects.filter(SENT, call=call, cluster__in=entity)
            .exclude(pk=application.pk)
            .exclude(state=Application.State.WITHDRAWN)
            .order_by("reference")
            .values_list("reference", flat=True)
        ),
        held=tuple(_held_by(entity)),
        declaration_asked=call.declaration_clauses.exists(),
        signature=_signature_of(application),
        wanted=form.wanted,
        gaps=tuple(
            [str(item.question) for item in form.shown if item.is_missing]
            + [f"{item.question}: {problem}" for item in form.shown for problem in item.problems]
        ),
        voucher_amount=call.voucher_amount,
        ceiling=call.third_party_ceiling,
    )


def same_legal_entity(cluster: Cluster) -> QuerySet[Cluster]:
    """The cluster, and those registered in its country under its number, however it is written."""
    number = code_form(cluster.registration_number)
    if not number:
        return Cluster.objects.filter(pk=cluster.pk)
    return Cluster.objects.alias(plain_number=CodeForm("registration_number")).filter(
        Q(pk=cluster.pk) | Q(country_id=cluster.country_id, plain_number=number)
    )


def perhaps_same_legal_entity(cluster: Cluster) -> QuerySet[Cluster]:
    """Those of `same_legal_entity`, and those whose number differs by leading zeros alone."""
    number = without_leading_zeros(code_form(cluster.registration_number))
    if not number:
        return same_legal_entity(cluster)
    bare = Func(
        CodeForm("registration_number"),
        Value(r"(^|[^0-9])0+([0-9])"),
        Value(r"\1\2"),
        Value("g"),
        function="regexp_replace",
        output_field=TextField(),
    )
    return Cluster.objects.alias(bare_number=bare).filter(
        Q(pk=cluster.pk) | Q(country_id=cluster.country_id, bare_number=number)
    )


def _held_by(entity: QuerySet[Cluster]) -> list[HeldVoucher]:
    """Vouchers of the clusters in all calls, and awards that wait for an answer, oldest first.

    Of a voucher that was terminated only what was paid counts.
    """
    rows = (
        Application.objects.filter(cluster__in=entity)
        .filter(Q(award__voucher__isnull=False) | Q(award__state="offered"))
        .annotate(
            held=Case(
                When(award__voucher__isnull=True, then=F("award__amount")),
                When(award__voucher__state="terminated", then=F("award__voucher__paid")),
                default=F("award__voucher__amount"),
            )
        )
        .order_by("award__offered_at")
        .values_list("reference", "held", "award__voucher__state")
    )
    return [
        HeldVoucher(reference or "", held or Decimal(0), is_open=state == "active")
        for reference, held, state in rows
    ]


def _signature_of(application: Application) -> Signature | None:
    signed = SignedDeclaration.objects.filter(application=application).first()
    if signed is None:
        return None
    on = day_of(signed.signed_at, application.country.zone)
    return Signature(signed.signatory_name, signed.signatory_function, on)


def check_of(application: Application) -> EligibilityCheck | None:
    """The check of the application that holds, where there is one, with its findings."""
    return (
        application.eligibility_checks.filter(reopened_at=None)
        .select_related("checked_by")
        .prefetch_related("findings__rule")
        .first()
    )


def waiting_for(user: User) -> QuerySet[Application]:
    """The applications that an officer has still to check, the longest waiting first.

    Those whose cluster is being asked are left out: it is not the officer's turn.
    """
    return (
        _to_check_by(user)
        .exclude(clarifications__state=Clarification.State.ASKED)
        .order_by("submitted_at", "pk")
    )


def _to_check_by(user: User) -> QuerySet[Application]:
    return (
        applications_visible_to(user)
        .filter(state=Application.State.SUBMITTED, country_id__in=user.officer_countries)
        .exclude(cluster__representatives__user=user)
    )


def being_asked(user: User) -> QuerySet[Clarification]:
    """What clusters are being asked in applications that an officer checks, the next to end first."""
    return (
        clarifications_visible_to(user)
        .filter(application__in=_to_check_by(user), state=Clarification.State.ASKED)
        .order_by("until")
    )


def next_to_check(user: User, after: Application) -> Application | None:
    """The application that waits after this one, beginning anew at the end of the list."""
    others = waiting_for(user).exclude(pk=after.pk)
    later = others.filter(submitted_at__gte=after.submitted_at) if after.submitted_at else others
    return later.first() or others.first()


def draft_of(application: Application, officer: User) -> CheckDraft | None:
    """What the officer filled in of the check so far."""
    return CheckDraft.objects.filter(application=application, officer=officer).first()


def others_checking(application: Application, officer: User) -> QuerySet[CheckDraft]:
    """Drafts of the same check by colleagues, the newest first."""
    return (
        application.check_drafts.exclude(officer=officer)
        .select_related("officer")
        .order_by("-saved_at")
    )


def may_be_reopened(application: Application) -> bool:
    """Whether the check may still be taken back: it holds, and nobody was asked to score.

    Assignments hang on to an application by name, in the room above.
    """
    checked = (Application.State.ELIGIBLE, Application.State.INELIGIBLE)
    return (
        application.state in checked
        and not Application.objects.filter(pk=application.pk, assignments__isnull=False).exists()
    )


def open_clarification(application: Application) -> Clarification | None:
    """What the cluster is being asked, where something is; from what was prefetched, if it was."""
    asked = Clarification.State.ASKED
    return next((one for one in application.clarifications.all() if one.state == asked), None)


def clarifications_visible_to(user: User) -> QuerySet[Clarification]:
    """The clarifications of the applications that the person may read."""
    return Clarification.objects.filter(
        application__in=applications_visible_to(user)
    ).select_related("application__cluster", "application__call", "application__country")


def clarifications_to_close() -> QuerySet[Clarification]:
    """What is asked although the time has passed, or the application is not what it was."""
    over = (
        Q(until__lt=timezone.now())
        | ~Q(application__state=Application.State.SUBMITTED)
        | Q(application__submitted_at__gt=F("asked_at"))
    )
    return (
        Clarification.objects.filter(over, state=Clarification.State.ASKED)
        .select_related("application")
        .order_by("until")
    )


def items_of(clarification: Clarification) -> QuerySet[ClarificationItem]:
    """The questions that are asked about, with files, in the order of the form; two queries."""
    return clarification.items.select_related("question", "changed_by").prefetch_related("files")


def files_visible_to(user: User) -> QuerySet[ClarificationFile]:
    """Files of clarifications: the cluster's own, and for staff what was sent or came too late."""
    visible = clarifications_visible_to(user)
    own = Representative.objects.filter(user=user).values("cluster")
    mine = Q(item__clarification__application__cluster__in=own)
    closed = ~Q(item__clarification__state=Clarification.State.ASKED)
    return ClarificationFile.objects.filter(
        mine | closed, item__clarification__in=visible
    ).select_related("item__clarification__application__cluster", "item__question")


def to_compare() -> QuerySet[Application]:
    """Sent applications that were not compared as they were sent last, the oldest first."""
    return (
        Application.objects.filter(state=Application.State.SUBMITTED)
        .exclude(comparison__submitted_at=F("submitted_at"))
        .order_by("submitted_at")
    )


def hints_about(application: Application) -> QuerySet[Hint]:
    """What the application resembles, the most alike first; withdrawn ones are left out."""
    return (
        application.hints.exclude(other__state=Application.State.WITHDRAWN)
        .select_related("other__country", "other__cluster", "other__call", "looked_at_by")
        .select_related("question", "other_question")
    )


def hints_visible_to(user: User) -> QuerySet[Hint]:
    """The hints of which the person may read both applications."""
    visible = applications_visible_to(user).order_by().values("pk")
    return Hint.objects.filter(application__in=visible, other__in=visible).select_related(
        "application__cluster",
        "application__call",
        "application__country",
        "other__cluster",
        "other__call",
        "other__country",
        "question",
        "other_question",
    )
