"""Who may decide, and who may read awards and vouchers."""

import rules

from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator, is_finance_officer
from clusters.permissions import may_edit_for, may_sign_for, represents
from vouchers.applications.permissions import is_recused

from .models import Award, Decision, SelectionRound, Voucher

may_propose_selection = is_coordinator
may_read_selection = is_coordinator | is_auditor


@rules.predicate
def proposed_it(user: User, selection_round: SelectionRound) -> bool:
    return selection_round.proposed_by_id == user.pk


may_decide_selection = is_coordinator & ~proposed_it


@rules.predicate
def represents_awarded(user: User, award: Award) -> bool:
    return represents.test(user, award.application.cluster)


@rules.predicate
def is_officer_for_award(user: User, award: Award) -> bool:
    return user.is_authenticated and award.application.country_id in user.officer_countries


@rules.predicate
def may_answer_award(user: User, award: Award) -> bool:
    """Whether the person may accept or decline for the cluster."""
    return may_sign_for.test(user, award.application.cluster)


@rules.predicate
def is_recused_from_award(user: User, award: Award) -> bool:
    return is_recused.test(user, award.application)


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
