"""Background work: what falls due by a schedule is laid down, prepared, and told of."""

from __future__ import annotations

from celery import shared_task

# The actions queue the first task: imported with it, each would wait for the other.


@shared_task
def prepare_report(run_id: int) -> None:
    from .actions.preparing import REPORTS  # noqa: PLC0415

    REPORTS.conduct(run_id)


@shared_task
def let_reports_fall_due() -> int:
    """Lay down what is due; how many."""
    from .actions.due import let_all_fall_due  # noqa: PLC0415

    return let_all_fall_due()


@shared_task
def tell_of_reports() -> int:
    """Tell of what is made; how many."""
    from .actions.telling import tell_of_reports as tell  # noqa: PLC0415

    return tell()
