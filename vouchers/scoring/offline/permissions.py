"""Who may take over a returned workbook."""

import rules

from accounts.models import User

from .models import ReturnedWorkbook


@rules.predicate
def may_use_workbook(user: User, returned: ReturnedWorkbook) -> bool:
    """Whether the person uploaded the workbook; nobody else ever sees it."""
    return user.is_authenticated and returned.assessor_id == user.pk
