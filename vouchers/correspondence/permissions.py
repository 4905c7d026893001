"""Who may write about an application, and who answers questions about calls."""

import rules

from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator, is_officer
from clusters.permissions import may_edit_for
from vouchers.applications.models import Application
from vouchers.applications.permissions import is_officer_for, is_recused, is_sent


@rules.predicate
def writes_for_applicant(user: User, application: Application) -> bool:
    return may_edit_for.test(user, application.cluster)


writes_for_partner = is_sent & is_officer_for & ~is_recused
# Whether the application can be written about now is the action's to say.
may_write_message = writes_for_applicant | writes_for_partner

may_answer_questions = is_coordinator | is_officer
may_read_all_questions = may_answer_questions | is_auditor
