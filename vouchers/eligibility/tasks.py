"""Background work: comparing applications that were sent, and closing clarifications that are over."""

from celery import shared_task

from vouchers.applications.models import Application

from . import actions, queries

# So many in one run; the next run takes the next.
SWEEP_LIMIT = 50


@shared_task
def compare_application(application_id: int) -> int:
    """Compare one application with the others; how many hints there are."""
    return actions.compare_application(Application.objects.get(pk=application_id))


@shared_task
def sweep_comparisons() -> int:
    """Queue every sent application that is not compared as it was sent; how many there were."""
    waiting = list(queries.to_compare().values_list("pk", flat=True)[:SWEEP_LIMIT])
    for application_id in waiting:
        compare_application.delay(application_id)
    return len(waiting)


@shared_task
def lapse_clarifications() -> int:
    """Close the clarifications that are over; how many there were."""
    return sum(
        actions.lapse_clarification(clarification, by=None)
        for clarification in queries.clarifications_to_close()[:SWEEP_LIMIT]
    )
