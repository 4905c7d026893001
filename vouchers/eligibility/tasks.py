"""Background work: comparing applications that were sent, and closing clarifications that are over."""

from celery import shared_task

from jobs.actions.trouble import attempted, for_each, resting_keys
from vouchers.applications.models import Application

from . import actions, queries

# So many in one run; the next run takes the next.
SWEEP_LIMIT = 50


@shared_task
def compare_application(application_id: int) -> int:
    """Compare one application with the others; how many possible duplicates there are."""

    def compare() -> int:
        return actions.compare_application(Application.objects.get(pk=application_id))

    return attempted("comparisons", application_id, compare) or 0


@shared_task
def sweep_comparisons() -> int:
    """Queue every sent application that is not compared as it was sent; how many there were."""
    resting = resting_keys("comparisons")
    found = queries.to_compare().exclude(pk__in=resting)
    waiting = list(found.values_list("pk", flat=True)[:SWEEP_LIMIT])
    for application_id in waiting:
        compare_application.delay(application_id)
    return len(waiting)


@shared_task
def lapse_clarifications() -> int:
    """Close the clarifications that are over; how many there were."""
    return for_each(
        "clarifications",
        queries.clarifications_to_close().exclude(pk__in=resting_keys("clarifications"))[
            :SWEEP_LIMIT
        ],
        lambda clarification: actions.lapse_clarification(clarification, by=None),
    )
