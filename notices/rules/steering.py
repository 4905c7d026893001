"""Which messages coordinators may change, hold back or cancel, by their kind: decided here alone.

A warning is worth something only while nobody whom it warns of can stop it: who changed a bank account,
gave a role, took a second factor off or proposed a rule of separation must not be able to hold back what
tells others of it. An e-mail that only gathers others says nothing of its own.

What carries a secret (codes to sign in, invitations, personal links) is no notice at all: such mails are
rows of their own rooms, which forget the secret as they send it, and stand in no list of messages.
"""

from __future__ import annotations

# How the names of kinds begin that warn people of what was done to accounts, roles and rules.
WARNINGS = (
    *("account-", "bank-", "factors-", "invitation-", "partner-account-", "payment-account-"),
    *("policy-", "representative-", "role-", "roles-"),
)
GATHERING = "notice-digest"


def may_be_steered(kind: str) -> bool:
    """Whether a message of this kind may be changed, held back or cancelled by a coordinator."""
    return kind != GATHERING and not kind.startswith(WARNINGS)
