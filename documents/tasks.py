"""Background work: making documents."""

from celery import shared_task

from documents.actions import batches, making


@shared_task
def render_document(document_id: str) -> None:
    making.render_document(document_id)


@shared_task
def finish_batches() -> int:
    """Note which batches of letters are done; how many."""
    return batches.finish_batches()
