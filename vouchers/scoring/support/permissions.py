"""Who may see the pages of an assessor."""

import rules

from accounts.models import User

from .queries import assessors_supported_by


@rules.predicate
def may_support(user: User, assessor: User) -> bool:
    """Coordinators, to help somebody who scores an application that they may see themselves."""
    return assessors_supported_by(user).filter(pk=assessor.pk).exists()
