"""Who may decide, and who may read awards and vouchers."""

import rules
from django.db.models import QuerySet

from accounts.models import Role, User
from accounts.permissions import is_auditor, is_coordinator, is_finance_officer
from accounts.queries import people_holding
from clusters.permissions import may_edit_for, may_sign_for, represents
from vouchers.applications.models import Recusal
from vouchers.applications.permissions import is_recused
from vouchers.awards.models import (
    Appeal,
    Award,
    CeilingOverride,
    Decision,
    SelectionRound,
    Voucher,
)
from vouchers.calls.models import Call

may_propose_selection = is_coordinator
may_read_selection = is_coordinator | is_auditor


@rules.predicate
def is_recused_in(user: User, call: Call) -> bool:
    """Whether a conflict of interest shuts the person out of an application of the call.

    A selection sets the applications of a call against each other, so that who is shut out of one
    takes no part in it and reads nothing of it.
    """
    return Recusal.objects.filter(application__call=call, person=user).exists()


@rules.predicate
def is_recused_in_round(user: User, selection_round: SelectionRound) -> bool:
    return Recusal.objects.filter(application__call=selection_round.call_id, person=user).exists()


may_propose_selection_of = is_coordinator & ~is_recused_in
may_read_round = may_read_selection & ~is_recused_in_round
may_steer_round = is_coordinator & ~is_recused_in_round


@rules.predicate
def proposed_it(user: User, selection_round: SelectionRound) -> bool:
    return selection_round.proposed_by_id == user.pk


may_decide_selection = may_steer_round & ~proposed_it


@rules.predicate
def represents_awarded(user: User, award: Award) -> bool:
    return represents.test(user, award.application.cluster)


@rules.predicate
def is_officer_for_award(user: User, award: Award) -> bool:
    """Whether the person looks after the award for its country, free of a conflict of interest."""
    application = award.application
    if not (user.is_authenticated and application.country_id in user.officer_countries):
        return False
    return not is_recused.test(user, application)


@rules.predicate
def may_answer_award(user: User, award: Award) -> bool:
    """Whether the person may accept or decline for the cluster."""
    return may_sign_for.test(user, award.application.cluster)


@rules.predicate
def is_recused_from_award(user: User, award: Award) -> bool:
    return is_recused.test(user, award.application)


@rules.predicate
def acts_on_another_side(user: User, award: Award) -> bool:
    """Whether the person acts for the cluster or its country partner, or signed for the cluster."""
    application = award.application
    return (
        application.country_id in user.officer_countries
        or award.answered_by_id == user.pk
        or bool(represents_awarded.test(user, award))
    )


may_extend_award = is_coordinator & ~is_recused_from_award
may_countersign = is_coordinator & ~is_recused_from_award & ~acts_on_another_side


def who_may_countersign(award: Award) -> list[User]:
    """The coordinators who may counter-sign the agreement of an award, once it is signed."""
    return [one for one in people_holding(Role.COORDINATOR) if may_countersign.test(one, award)]


may_read_award = represents_awarded | (
    (is_officer_for_award | is_coordinator | is_finance_officer | is_auditor)
    & ~is_recused_from_award
)


@rules.predicate
def may_read_decision(user: User, decision: Decision) -> bool:
    """Whether the person may read the letter on a decision: the applicant and the staff."""
    application = decision.application
    if represents.test(user, application.cluster):
        return True
    staff = application.country_id in user.officer_countries or may_read_selection.test(user)
    return staff and not is_recused.test(user, application)


@rules.predicate
def may_ask_for_review(user: User, decision: Decision) -> bool:
    """Whether the person may ask, for the cluster, that the procedure be reviewed."""
    return may_sign_for.test(user, decision.application.cluster)


@rules.predicate
def represents_appellant(user: User, appeal: Appeal) -> bool:
    return represents.test(user, appeal.decision.application.cluster)


@rules.predicate
def writes_for_appellant(user: User, appeal: Appeal) -> bool:
    return may_edit_for.test(user, appeal.decision.application.cluster)


@rules.predicate
def is_recused_from_appeal(user: User, appeal: Appeal) -> bool:
    return is_recused.test(user, appeal.decision.application)


writes_for_coordination = is_coordinator & ~is_recused_from_appeal
may_write_on_appeal = writes_for_appellant | writes_for_coordination
may_read_appeal = represents_appellant | ((is_coordinator | is_auditor) & ~is_recused_from_appeal)


def other_judges(decision: Decision) -> QuerySet[User]:
    """The coordinators who took no part in a decision and are free of a conflict of interest."""
    selection_round = decision.selection_round
    recused = Recusal.objects.filter(application=decision.application_id)
    return (
        people_holding(Role.COORDINATOR)
        .exclude(pk__in=[selection_round.proposed_by_id, selection_round.decided_by_id])
        .exclude(pk__in=recused.values("person"))
    )


@rules.predicate
def may_decide_appeal(user: User, appeal: Appeal) -> bool:
    """Whether the person may decide on a request for review.

    A coordinator who neither proposed nor approved the selection; where there is none who is free
    of a conflict of interest, who approved it. The database holds the same rule.
    """
    selection_round = appeal.decision.selection_round
    if not writes_for_coordination.test(user, appeal):
        return False
    if user.pk == selection_round.proposed_by_id:
        return False
    if user.pk == selection_round.decided_by_id:
        return not other_judges(appeal.decision).exists()
    return True


@rules.predicate
def may_read_voucher(user: User, voucher: Voucher) -> bool:
    return may_read_award.test(user, voucher.award)


@rules.predicate
def is_officer_for_voucher(user: User, voucher: Voucher) -> bool:
    return is_officer_for_award.test(user, voucher.award)


@rules.predicate
def may_write_for_voucher(user: User, voucher: Voucher) -> bool:
    """Whether the person may write plans and reports for the cluster."""
    return may_edit_for.test(user, voucher.award.application.cluster)


@rules.predicate
def may_sign_for_voucher(user: User, voucher: Voucher) -> bool:
    """Whether the person may bind the cluster in what concerns the voucher."""
    return may_sign_for.test(user, voucher.award.application.cluster)


may_ask_for_override = (is_coordinator | is_finance_officer) & ~is_recused


@rules.predicate
def asked_for_override(user: User, override: CeilingOverride) -> bool:
    return override.asked_by_id == user.pk


@rules.predicate
def is_recused_from_override(user: User, override: CeilingOverride) -> bool:
    return is_recused.test(user, override.application)


may_decide_override = is_coordinator & ~asked_for_override & ~is_recused_from_override
