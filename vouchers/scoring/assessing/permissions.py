"""Who may assign and declare, score and read scores."""

import rules

from accounts.models import Role, User
from accounts.permissions import is_auditor, is_coordinator
from vouchers.applications.models import Application
from vouchers.applications.permissions import is_officer_for, is_recused

from .models import Assessment, Assignment


@rules.predicate
def scores_by_role(user: User, application: Application) -> bool:
    """Whether the person holds a role by which one scores the application, now as when asked."""
    if not user.is_authenticated:
        return False
    return user.holds(Role.ASSESSOR) or application.country_id in user.officer_countries


@rules.predicate
def is_assessor_of(user: User, assignment: Assignment) -> bool:
    """Whether the assignment is the person's own, and their role still reaches it."""
    return assignment.assessor_id == user.pk and scores_by_role.test(user, assignment.application)


@rules.predicate
def is_cleared(_user: User, assignment: Assignment) -> bool:
    """Whether the assessor declared that there is no conflict of interest."""
    return assignment.state in (Assignment.State.CLEARED, Assignment.State.SCORED)


@rules.predicate
def owes_an_assessment(user: User, application: Application) -> bool:
    """Whether the person still has to score the application, and must stay blind until then."""
    return Assignment.objects.filter(
        application=application,
        assessor=user,
        state__in=[Assignment.State.ASSIGNED, Assignment.State.CLEARED],
    ).exists()


@rules.predicate
def has_submitted(user: User, application: Application) -> bool:
    """Whether the person's own assessment of the application is submitted and valid."""
    own = Assignment.objects.filter(
        application=application, assessor=user, state=Assignment.State.SCORED
    )
    return scores_by_role.test(user, application) and own.exists()


may_declare = is_assessor_of
may_read_as_assessor = is_assessor_of & is_cleared
may_score = is_assessor_of & is_cleared
may_assign = (is_officer_for | is_coordinator) & ~is_recused
may_read_scores = (is_officer_for | is_coordinator | is_auditor) & ~is_recused & ~owes_an_assessment


@rules.predicate
def may_read_assessment(user: User, assessment: Assessment) -> bool:
    """One's own always; others' once submitted, and not before one's own (design, rule 5)."""
    if is_assessor_of.test(user, assessment.assignment):
        return True
    return assessment.state == Assessment.State.SUBMITTED and may_read_scores.test(
        user, assessment.assignment.application
    )


@rules.predicate
def may_print_as_assessor(user: User, assessment: Assessment) -> bool:
    """The assessor, as long as no conflict of interest or release shuts them out."""
    return may_read_as_assessor.test(user, assessment.assignment)


@rules.predicate
def may_print_submitted(user: User, assessment: Assessment) -> bool:
    """The assessor; others as they may read the submitted scores (design, rule 5)."""
    if is_assessor_of.test(user, assessment.assignment):
        return may_read_as_assessor.test(user, assessment.assignment)
    return may_read_assessment.test(user, assessment)
