"""Background work: finding the jobs of all kinds whose task or worker was lost."""

import logging

from celery import shared_task

from .kinds import Rows, every_kind

logger = logging.getLogger(__name__)


@shared_task
def sweep_jobs() -> int:
    """Queue again every job whose task was lost, whose worker died or whose turn has come; how many.

    A kind that fails stops no other.
    """
    swept = 0
    for kind in every_kind():
        if isinstance(kind, Rows):
            try:
                swept += kind.sweep()
            except Exception:
                logger.exception("The jobs of the kind %s could not be swept", kind.slug)
    return swept
