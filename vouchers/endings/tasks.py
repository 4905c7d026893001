"""Background work: what was decided for a day is carried out on it."""

from celery import shared_task

from . import actions
from .amendments.actions import lapse_amendments


@shared_task
def carry_out_endings() -> int:
    """End vouchers whose day has come, and release what was not claimed in time; how many."""
    return actions.carry_out_endings() + actions.settle_vouchers()


@shared_task
def watch_vouchers() -> int:
    """Bring up suspensions whose day has come, warn of unused vouchers, close what nobody signed, and
    what still waits of vouchers that have ended.
    """
    done = actions.bring_up_suspensions() + actions.warn_of_unused_vouchers()
    return done + lapse_amendments() + actions.wind_up_vouchers()
