"""The pages of the texts that coordinators own: the list of kinds, one text, its versions."""

from .comparing import version
from .editing import drawn, reset, sample, text
from .listing import texts

__all__ = ["drawn", "reset", "sample", "text", "texts", "version"]
