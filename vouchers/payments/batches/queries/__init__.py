"""Reads of batches, scoped to who asks."""

from .batches import (
    batches_to_authorise,
    batches_to_export,
    batches_visible_to,
    claims_to_pay,
    claims_to_propose,
    content_of,
    payments_of,
    payments_to_record,
    payments_visible_to,
    profiles_in_use,
    profiles_to_verify,
    profiles_visible_to,
    unsent_mails,
)
from .blockers import Blocker, Drafted, blockers_of, drafted, first_blocker
from .messages import message_of

__all__ = [
    "Blocker",
    "Drafted",
    "batches_to_authorise",
    "batches_to_export",
    "batches_visible_to",
    "blockers_of",
    "claims_to_pay",
    "claims_to_propose",
    "content_of",
    "drafted",
    "first_blocker",
    "message_of",
    "payments_of",
    "payments_to_record",
    "payments_visible_to",
    "profiles_in_use",
    "profiles_to_verify",
    "profiles_visible_to",
    "unsent_mails",
]
