"""Every write about documents: the names that other rooms use."""

from .documents import issue_document, issue_in_every_language, retry_document, withdraw_document

__all__ = ["issue_document", "issue_in_every_language", "retry_document", "withdraw_document"]
