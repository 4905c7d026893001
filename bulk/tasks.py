"""Background work on several rows."""

from celery import shared_task


@shared_task
def do_to_each(run_id: str) -> None:
    # Here, and not above: pressing queues this task.
    from bulk.actions.doing import RUNS  # noqa: PLC0415

    RUNS.conduct(run_id)


@shared_task
def forget_choices() -> int:
    """Delete what was chosen and not pressed in time; how many runs."""
    from bulk.actions import forget_choices as forget  # noqa: PLC0415

    return forget()
