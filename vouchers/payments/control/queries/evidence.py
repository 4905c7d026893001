"""All that a claim is judged by besides its invoices: contract, quote, deliverables, other claims."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch

from vouchers.assistance.deliverables.models import Deliverable, DeliverableFile
from vouchers.assistance.plans.models import Milestone
from vouchers.payments.models import Claim, ClaimLine
from vouchers.providers.contracts.models import Contract
from vouchers.providers.quotes.models import QuoteChoice, TermsOfReference
from vouchers.providers.quotes.queries import choice_of, terms_of


@dataclass(frozen=True)
class Delivered:
    """A milestone of the claim, with everything that was handed in for it, newest first."""

    milestone: Milestone
    versions: list[Deliverable]


@dataclass(frozen=True)
class Evidence:
    """What a reader of the claim is shown beside it."""

    contract: Contract | None
    choice: QuoteChoice | None
    terms: TermsOfReference | None
    delivered: list[Delivered]
    # Of the same voucher, and so of the same contract; newest first.
    claims: list[Claim]

    @property
    def versions(self) -> list[Deliverable]:
        """Everything that was handed in for its milestones."""
        return [version for one in self.delivered for version in one.versions]


def evidence_of(claim: Claim, lines: list[ClaimLine]) -> Evidence:
    """What stands beside the lines of a claim; a constant number of queries."""
    terms = terms_of(claim.voucher)
    milestones = list(dict.fromkeys(line.milestone for line in lines))
    versions: dict[int, list[Deliverable]] = {one.pk: [] for one in milestones}
    handed_in = (
        Deliverable.objects.filter(milestone__in=milestones)
        .select_related(
            *("submitted_by", "submitted_through__contract__provider", "accepted_by"),
            *("cluster_accepted_by", "returned_by"),
        )
        .prefetch_related(Prefetch("files", queryset=DeliverableFile.objects.order_by("pk")))
        .order_by("-number")
    )
    for version in handed_in:
        versions[version.milestone_id].append(version)
    return Evidence(
        contract=getattr(claim.voucher, "contract", None),
        choice=choice_of(terms) if terms is not None else None,
        terms=terms,
        delivered=[Delivered(one, versions[one.pk]) for one in milestones],
        claims=list(
            Claim.objects.filter(voucher=claim.voucher_id)
            .exclude(pk=claim.pk)
            .prefetch_related(Prefetch("lines", ClaimLine.objects.select_related("milestone")))
            .order_by("-number")
        ),
    )
