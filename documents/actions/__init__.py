"""Every write about documents: the names that other rooms use."""

from .batches import (
    finish_batches,
    pause_batch,
    resume_batch,
    retry_failed,
    start_batch,
    stop_batch,
)
from .documents import hurry, retry_document, withdraw_document
from .issuing import Issue, issue_document, issue_in_every_language, issue_many
from .reissuing import issue_again

__all__ = [
    "Issue",
    "finish_batches",
    "hurry",
    "issue_again",
    "issue_document",
    "issue_in_every_language",
    "issue_many",
    "pause_batch",
    "resume_batch",
    "retry_document",
    "retry_failed",
    "start_batch",
    "stop_batch",
    "withdraw_document",
]
