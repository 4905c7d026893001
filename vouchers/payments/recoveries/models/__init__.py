"""Corrections after audit, the lines that they are about, and the parts in which money comes back."""

from .corrections import AuditBody, Correction, CorrectionLine
from .parts import Recovery

__all__ = ["AuditBody", "Correction", "CorrectionLine", "Recovery"]
