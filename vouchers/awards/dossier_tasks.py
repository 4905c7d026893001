"""Background work on dossiers; apart from the other tasks, since an action queues it."""

from celery import shared_task

from . import packing


@shared_task
def make_dossier(dossier_id: int) -> None:
    packing.make_dossier(dossier_id)


@shared_task
def sweep_dossiers() -> int:
    """Queue again every dossier whose task was lost or whose worker died; how many."""
    lost = packing.claim_due_dossiers()
    for dossier_id in lost:
        make_dossier.delay(dossier_id)
    return len(lost)
