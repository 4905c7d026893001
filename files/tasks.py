"""Background work: previews, held uploads, and clearing away what nobody finished."""

from celery import shared_task

from files.actions import making
from files.actions import uploads as actions
from files.queries.uploads import uploads_to_check
from jobs.actions.trouble import for_each

# One sweep asks the virus scanner for so many; the next comes a minute later.
SWEEP_LIMIT = 50


@shared_task
def make_preview(preview_id: int) -> None:
    making.make_preview(preview_id)


@shared_task
def sweep_uploads() -> int:
    """Try held uploads again, and clear away those past their time; how many were cleared."""
    for_each(
        "held_uploads",
        uploads_to_check().select_related("owner")[:SWEEP_LIMIT],
        lambda upload: bool(actions.finish_upload(upload, by=upload.owner)),
    )
    return actions.clear_old_uploads()
