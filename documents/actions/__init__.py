"""Every write about documents: the names that other rooms use."""

from .documents import (
    Issue,
    issue_document,
    issue_in_every_language,
    issue_many,
    retry_document,
    withdraw_document,
)

__all__ = [
    "Issue",
    "issue_document",
    "issue_in_every_language",
    "issue_many",
    "retry_document",
    "withdraw_document",
]
