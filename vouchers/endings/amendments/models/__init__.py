"""An amendment, the articles that it changes, and both signatures under it."""

from .amendments import AmendedArticle, Amendment
from .signatures import AmendmentSignature, SigningSide

__all__ = ["AmendedArticle", "Amendment", "AmendmentSignature", "SigningSide"]
