"""Background work on dossiers."""

from celery import shared_task

from vouchers.awards.dossiers.actions import building


@shared_task
def make_dossier(dossier_id: int) -> None:
    building.make_dossier(dossier_id)


@shared_task
def sweep_dossiers() -> int:
    """Queue again every dossier whose task was lost or whose worker died; how many."""
    lost = building.claim_due_dossiers()
    for dossier_id in lost:
        make_dossier.delay(dossier_id)
    return len(lost)
