"""Documents: the facts that they state, frozen, and the files made from them."""

from .documents import Document, file_path

__all__ = ["Document", "file_path"]
