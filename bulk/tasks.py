"""Background work on several rows."""

from celery import shared_task


@shared_task
def do_to_each(run_id: str) -> None:
    # Here, and not above: pressing queues this task.
    from bulk.actions.doing import RUNS  # noqa: PLC0415

    RUNS.conduct(run_id)
