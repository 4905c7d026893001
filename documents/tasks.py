"""Background work: making documents."""

from celery import shared_task

from documents.actions import making


@shared_task
def render_document(document_id: str) -> None:
    making.render_document(document_id)
