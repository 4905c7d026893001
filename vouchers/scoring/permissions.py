"""Who may assign, score and read scores."""

import rules

from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator, is_officer
from vouchers.applications.models import Application
from vouchers.applications.permissions import is_officer_for, is_recused

from .models import Assessment, Assignment, Consensus, ReturnedWorkbook
from .seeing import assessors_seen_by


@rules.predicate
def is_assessor_of(user: User, assignment: Assignment) -> bool:
    """Whether the assignment is the person's own."""
    return user.is_authenticated and assignment.assessor_id == user.pk


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
    """Whether the person's own assessment of the application is submitted and stands."""
    return Assignment.objects.filter(
        application=application, assessor=user, state=Assignment.State.SCORED
    ).exists()


may_declare = is_assessor_of
may_read_as_assessor = is_assessor_of & is_cleared
may_score = is_assessor_of & is_cleared
may_close_scoring = is_coordinator
# Severity and stability name assessors and clusters of every country.
may_study_ranking = is_coordinator
may_read_study = is_coordinator | is_auditor
may_assign = (is_officer_for | is_coordinator) & ~is_recused
may_read_scores = (is_officer_for | is_coordinator | is_auditor) & ~is_recused & ~owes_an_assessment
# The assessors among themselves, with those who look after the scoring; an auditor only reads.
may_discuss = (has_submitted | is_officer_for | is_coordinator) & ~is_recused & ~owes_an_assessment
may_become_rapporteur = has_submitted & ~is_recused
may_appoint_rapporteur = (is_officer_for | is_coordinator) & ~is_recused & ~owes_an_assessment
may_ask_third = may_appoint_rapporteur
may_export_scores = is_coordinator | is_auditor | is_officer
may_export_for_research = is_coordinator | is_auditor


@rules.predicate
def may_agree(user: User, consensus: Consensus) -> bool:
    """The rapporteur alone, as long as their own assessment stands and nothing shuts them out."""
    return consensus.rapporteur_id == user.pk and may_become_rapporteur.test(
        user, consensus.application
    )


@rules.predicate
def may_read_assessment(user: User, assessment: Assessment) -> bool:
    """One's own always; others' once submitted, and not before one's own (design, rule 5)."""
    if assessment.assignment.assessor_id == user.pk:
        return True
    return assessment.state == Assessment.State.SUBMITTED and may_read_scores.test(
        user, assessment.assignment.application
    )


@rules.predicate
def may_use_workbook(user: User, returned: ReturnedWorkbook) -> bool:
    """Whether the person uploaded the workbook; nobody else ever sees it."""
    return user.is_authenticated and returned.assessor_id == user.pk


@rules.predicate
def may_print_as_assessor(user: User, assessment: Assessment) -> bool:
    """The assessor, as long as no conflict of interest or release shuts them out."""
    return may_read_as_assessor.test(user, assessment.assignment)


@rules.predicate
def may_print_submitted(user: User, assessment: Assessment) -> bool:
    """The assessor; others as they may read the submitted scores (design, rule 5)."""
    if assessment.assignment.assessor_id == user.pk:
        return may_read_as_assessor.test(user, assessment.assignment)
    return may_read_assessment.test(user, assessment)


@rules.predicate
def may_see_as(user: User, assessor: User) -> bool:
    """Coordinators, to help somebody who scores an application that they may see themselves."""
    return assessors_seen_by(user).filter(pk=assessor.pk).exists()
