"""What was remarked on a version, and what the next draft is to answer."""

from __future__ import annotations

from drafts.queries import by_line
from vouchers.assistance.plans.models import PlanRemark, PlanVersion

Remarks = dict[tuple[int, str], list[PlanRemark]]


def remarks_of(version: PlanVersion) -> Remarks:
    """The remarks on a version by part and key of the row (empty for the part as a whole)."""
    return by_line(version.remarks.select_related("made_by"))


def remarks_before(version: PlanVersion) -> Remarks:
    """The remarks that the version answers: on the returned one from which it was written."""
    earlier = version.based_on
    if earlier is None or earlier.state != PlanVersion.State.RETURNED:
        return {}
    return remarks_of(earlier)
