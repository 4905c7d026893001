"""How facts are held, and the traces of what happened to them."""

from .traces import Trace

__all__ = ["Trace"]
