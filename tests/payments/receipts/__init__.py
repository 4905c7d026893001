"""Receipts: asked for with the booking, given by a link, and what did not arrive."""
