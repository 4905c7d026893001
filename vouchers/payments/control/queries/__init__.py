"""Every read of controls, approvals, checklists and policies."""

from .controls import (
    ReadControl,
    checklist_for,
    checklists_visible_to,
    controls_of,
    found_by,
    last_sent_back,
    parked_of,
    standing_lines,
)
from .evidence import Evidence, evidence_of
from .people import apart_of, done_for, free_for, keeping_from, kept_from_claim
from .policies import open_policy, policies_to_confirm, policies_visible_to, policy_in_force

__all__ = [
    "Evidence",
    "ReadControl",
    "apart_of",
    "checklist_for",
    "checklists_visible_to",
    "controls_of",
    "done_for",
    "evidence_of",
    "found_by",
    "free_for",
    "keeping_from",
    "kept_from_claim",
    "last_sent_back",
    "open_policy",
    "parked_of",
    "policies_to_confirm",
    "policies_visible_to",
    "policy_in_force",
    "standing_lines",
]
