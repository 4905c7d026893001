"""Who may do what with an application."""

import rules

from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator
from clusters.permissions import EDITING, SIGNING, holds_level, represents

from .models import Application, Recusal


@rules.predicate
def is_recused(user: User, application: Application) -> bool:
    """Whether a conflict of interest shuts the person out of the application."""
    return Recusal.objects.filter(application=application, person=user).exists()


@rules.predicate
def represents_applicant(user: User, application: Application) -> bool:
    return represents.test(user, application.cluster)


@rules.predicate
def is_officer_for(user: User, application: Application) -> bool:
    return user.is_authenticated and application.country_id in user.officer_countries


@rules.predicate
def may_edit_application(user: User, application: Application) -> bool:
    """Whether the person may write in the application while it is a draft."""
    return holds_level(user, application.cluster_id, *EDITING)


@rules.predicate
def may_submit_application(user: User, application: Application) -> bool:
    return holds_level(user, application.cluster_id, *SIGNING)


@rules.predicate
def is_sent(_user: User, application: Application) -> bool:
    """Whether the application is with the programme: drafts, re-opened ones too, are the cluster's."""
    return application.reference is not None and not application.is_draft


may_read_application = represents_applicant | (
    is_sent & (is_officer_for | is_coordinator | is_auditor) & ~is_recused
)
