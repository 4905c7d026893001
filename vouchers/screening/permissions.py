"""Who keeps the lists of sanctions, screens, decides on likenesses, and reads all of it."""

import rules

from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator, is_finance_officer

from .models import HitDecision, SanctionsHit

may_screen = is_coordinator | is_finance_officer
may_read_screenings = may_screen | is_auditor


@rules.predicate
def has_not_decided(user: User, hit: SanctionsHit) -> bool:
    """Whether the person may be the second one: nobody tells two apart twice."""
    return not hit.decisions.filter(decided_by=user.pk, verdict=HitDecision.Verdict.OTHER).exists()


may_decide_hit = may_screen & has_not_decided
