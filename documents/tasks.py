"""Background work: making documents, and picking up those that were lost."""

from celery import shared_task

from . import making


@shared_task
def render_document(document_id: str) -> None:
    making.render_document(document_id)


@shared_task
def sweep_documents() -> int:
    """Queue again every pending document whose task was lost; how many there were."""
    lost = making.claim_due_documents()
    for document_id in lost:
        render_document.delay(str(document_id))
    return len(lost)
