"""By whom the agreements of a call are signed beside its clusters."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import refuses

# The terms of a call by which its agreements are signed (vouchers/awards).
SIGNING_TERMS = ("countersigned",)


class SigningTerms(models.Model):
    """Whether agreements bind the programme by the signature of a coordinator alone."""

    countersigned = models.BooleanField(
        _("a coordinator counter-signs each agreement"),
        default=True,
        help_text=_("Until then no contract is concluded, and no claim approved or paid."),
    )

    class Meta:
        abstract = True


# What clusters were told of who binds the programme is not taken back; each agreement keeps its own.
STAYS_COUNTERSIGNED_ONCE_OPEN = refuses(
    "stays_countersigned_once_open",
    pgtrigger.Update,
    "OLD.state <> 'draft' AND OLD.countersigned AND NOT NEW.countersigned",
    "The call is open: its agreements are counter-signed, as it says.",
)
