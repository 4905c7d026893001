"""Background work on dossiers."""

from celery import shared_task

from vouchers.awards.dossiers.actions import building


@shared_task
def make_dossier(dossier_id: int) -> None:
    building.make_dossier(dossier_id)
