"""Background work: publishing at the instant, closing what is over."""

from celery import shared_task

from vouchers.awards import actions


@shared_task
def publish_selections() -> int:
    """Publish the approved selections whose instant has come; how many."""
    return actions.publish_due_selections()


@shared_task
def lapse_awards() -> int:
    """Close the offers that nobody answered in time; how many."""
    return actions.lapse_unanswered_awards()


@shared_task
def remind_of_offers() -> int:
    """Remind of the offers that nobody has answered yet; how many."""
    return actions.remind_of_offers()


@shared_task
def fill_vacancies() -> int:
    """Offer every voucher that was declined or has lapsed to who comes next; how many."""
    return actions.fill_vacancies()


@shared_task
def close_reserve_lists() -> int:
    """Close the places on reserve lists whose time is over; how many."""
    return actions.close_reserve_lists()
