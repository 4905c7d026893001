"""An amendment, the articles that it changes, and both signatures under it."""

from .amendments import AmendedArticle, Amendment
from .signatures import AmendmentSignature, Side

__all__ = ["AmendedArticle", "Amendment", "AmendmentSignature", "Side"]
