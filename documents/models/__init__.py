"""Documents: the facts that they state, frozen, and the files made from them."""

from .batches import BatchedLetter, LetterBatch
from .documents import Document, file_path

__all__ = ["BatchedLetter", "Document", "LetterBatch", "file_path"]
