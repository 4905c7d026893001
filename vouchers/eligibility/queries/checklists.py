"""The rules of a call with what the data say of an application about each."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property

from django.db.models import Case, F, Q, QuerySet, When

from clusters.models import Cluster
from conduct.queries.days import day_of
from vouchers.applications.models import SENT, Application, SignedDeclaration
from vouchers.applications.queries import filled_form
from vouchers.books.models import EarlierMoney
from vouchers.calls.models import EligibilityRule

from .automatic_answers import ApplicationFacts, Automatic, HeldVoucher, Signature, automatic_answer
from .legal_entities import same_legal_entity


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
        held=tuple(held_by(entity)),
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


def held_by(entity: QuerySet[Cluster]) -> list[HeldVoucher]:
    """Vouchers of the clusters in all calls, and awards that wait for an answer, oldest first.

    Of a voucher what was released does not count; what was received in earlier rounds does.
    """
    rows = (
        Application.objects.filter(cluster__in=entity)
        .filter(Q(award__voucher__isnull=False) | Q(award__state="offered"))
        .annotate(
            held=Case(
                When(award__voucher__isnull=True, then=F("award__amount")),
                default=F("award__voucher__amount") - F("award__voucher__released"),
            )
        )
        .order_by("award__offered_at")
        .values_list("reference", "held", "award__voucher__state")
    )
    earlier = (
        EarlierMoney.objects.filter(cluster__in=entity, taken_back_at=None)
        .order_by("received_on", "pk")
        .values_list("programme", "amount")
    )
    return [
        *(HeldVoucher(name, held, is_open=False, is_history=True) for name, held in earlier),
        *(
            HeldVoucher(
                reference or "", held or Decimal(0), is_open=state in ("active", "suspended")
            )
            for reference, held, state in rows
        ),
    ]


def _signature_of(application: Application) -> Signature | None:
    signed = SignedDeclaration.objects.filter(application=application).first()
    if signed is None:
        return None
    on = day_of(signed.signed_at, application.country.zone)
    return Signature(signed.signatory_name, signed.signatory_function, on)
