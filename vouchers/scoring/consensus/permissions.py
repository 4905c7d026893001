"""Who may discuss, lead to and record a consensus."""

import rules

from accounts.models import User
from accounts.permissions import is_coordinator
from vouchers.applications.permissions import is_officer_for, is_recused
from vouchers.scoring.assessing.models import Consensus
from vouchers.scoring.assessing.permissions import has_submitted, owes_an_assessment

# The assessors among themselves, with those who look after the scoring; an auditor only reads.
may_discuss = (has_submitted | is_officer_for | is_coordinator) & ~is_recused & ~owes_an_assessment
may_become_rapporteur = has_submitted & ~is_recused
may_appoint_rapporteur = (is_officer_for | is_coordinator) & ~is_recused & ~owes_an_assessment
may_ask_third = may_appoint_rapporteur


@rules.predicate
def may_agree(user: User, consensus: Consensus) -> bool:
    """The rapporteur alone, as long as their own assessment is valid and nothing excludes them."""
    return consensus.rapporteur_id == user.pk and may_become_rapporteur.test(
        user, consensus.application
    )
