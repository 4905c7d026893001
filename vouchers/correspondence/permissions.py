"""Who may write about an application or its voucher, and who answers questions about calls."""

import rules

from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator, is_officer
from clusters.permissions import may_edit_for
from vouchers.applications.models import Application
from vouchers.applications.permissions import is_officer_for, is_recused, is_sent

from .models import Thread


@rules.predicate
def writes_for_applicant(user: User, application: Application) -> bool:
    return may_edit_for.test(user, application.cluster)


writes_for_partner = is_sent & is_officer_for & ~is_recused
# Whether the application can be written about now is the action's to say.
may_write_message = writes_for_applicant | writes_for_partner

# Coordinators join in about vouchers: what is agreed there is the programme's too.
writes_for_programme = is_sent & is_coordinator & ~is_recused
may_write_about_voucher = may_write_message | writes_for_programme


def may_write_in(user: User, thread: Thread) -> bool:
    """Whether the person may write in the thread, for whichever side."""
    asked = may_write_about_voucher if thread.is_about_voucher else may_write_message
    return asked.test(user, thread.application)


may_answer_questions = is_coordinator | is_officer
may_read_all_questions = may_answer_questions | is_auditor
