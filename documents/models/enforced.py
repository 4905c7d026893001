"""What the database itself holds of a document: what is whole, and what never changes."""

from __future__ import annotations

from functools import reduce
from operator import or_

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import refuses

_SHA256 = r"^[0-9a-f]{64}$"
# What becomes of a document once, and never again.
_RENDERING = ["rendered_at", "rendered_sha256", "rendered_size", "pages"]
_RENDERING += ["archive", "archive_sha256"]
_FILE = ["file", "file_sha256", "size", "sealed_at"]
_SEAL = ["sealed_by", "seal_fingerprint", "seal_is_self_made", "seal_valid_until"]
# What a document says, and about what: fixed from the moment it is issued.
_FIXED_WHEN_ISSUED = [
    "id",
    "kind",
    "language",
    "reference",
    "content_type",
    "object_id",
    "facts",
    "facts_sha256",
    "code",
    "issued_by",
    "issued_at",
]

# The letters that no worker takes: of a paused batch, and what a batch issued and gave up.
LEFT_ALONE = """
    SELECT FROM documents_batchedletter letter
    JOIN documents_letterbatch batch ON batch.id = letter.batch_id
    WHERE (batch.state = 'paused' OR letter.is_new AND letter.given_up_at IS NOT NULL)
"""


def _changes(*fields: str) -> pgtrigger.Q:
    """That any of the fields becomes another."""
    return reduce(
        or_, (pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")}) for name in fields)
    )


CONSTRAINTS: list[models.BaseConstraint] = [
    models.CheckConstraint(condition=Q(priority__in=[0, 3, 6, 9]), name="a_priority_of_the_queue"),
    models.UniqueConstraint(
        fields=["kind", "content_type", "object_id", "language"],
        condition=Q(validity="current"),
        name="one_current_document",
        violation_error_message=_("This document has been issued already."),
    ),
    models.CheckConstraint(
        condition=(
            Q(state="ready", size__gt=0, rendered_file="")
            & ~Q(file="")
            & Q(file_sha256__regex=_SHA256)
        )
        | (~Q(state="ready") & Q(file="", file_sha256="", sealed_at=None)),
        name="a_ready_document_has_its_file",
    ),
    models.CheckConstraint(
        condition=(
            Q(state__in=["pending", "failed"], rendered_at=None, pages=None)
            & Q(rendered_sha256="", rendered_file="", archive="", archive_sha256="")
        )
        | (
            Q(state__in=["rendered", "ready", "failed"], rendered_at__isnull=False)
            & Q(pages__gt=0, rendered_size__gt=0, rendered_sha256__regex=_SHA256)
            & (Q(archive="", archive_sha256="") | Q(archive_sha256__regex=_SHA256))
            & (Q(state="ready") | ~Q(rendered_file=""))
        ),
        name="a_rendering_is_whole",
    ),
    models.CheckConstraint(
        condition=(
            Q(sealed_at__isnull=False, seal_valid_until__isnull=False)
            & ~Q(sealed_by="")
            & Q(seal_fingerprint__regex=_SHA256)
            & ~Q(file_sha256=F("rendered_sha256"))
        )
        | (
            Q(sealed_at=None, sealed_by="", seal_fingerprint="", seal_valid_until=None)
            & (~Q(state="ready") | Q(file_sha256=F("rendered_sha256")))
        ),
        name="a_seal_names_its_certificate",
    ),
    models.CheckConstraint(
        condition=~Q(validity="withdrawn") | ~Q(withdrawal_reason=""),
        name="a_withdrawal_has_a_reason",
        violation_error_message=_("Say why the document is withdrawn."),
    ),
]

TRIGGERS: list[pgtrigger.Trigger] = [
    pgtrigger.ReadOnly(name="fixed_when_issued", fields=_FIXED_WHEN_ISSUED),
    pgtrigger.Protect(
        name="file_fixed_when_made",
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__state="ready") & _changes(*_FILE, *_SEAL),
    ),
    pgtrigger.Protect(
        name="rendered_once",
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__rendered_at__isnull=False) & _changes(*_RENDERING),
    ),
    pgtrigger.Protect(
        name="valid_once_only",
        operation=pgtrigger.Update,
        condition=~pgtrigger.Q(old__validity="current")
        & pgtrigger.Q(old__validity__df=pgtrigger.F("new__validity")),
    ),
    refuses(
        "left_alone_by_workers",
        pgtrigger.Update,
        f"NEW.attempts > OLD.attempts AND EXISTS ({LEFT_ALONE} AND letter.document_id = NEW.id)",
        "A letter of a batch that is paused or was given up is not taken by a worker.",
    ),
    pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
]
