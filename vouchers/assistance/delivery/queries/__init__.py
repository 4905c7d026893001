"""Reads of sessions."""

from .burning import Burned, burned_of
from .sessions import (
    days_of_contract,
    experts_of,
    hours_of_expert,
    hours_of_milestone,
    milestones_to_log,
    pictures_of,
    plan_began_on,
    planned_activities,
    said_last,
    session_pictures_visible_to,
    sessions_of,
    sessions_visible_to,
    unconfirmed_sessions,
    with_facts,
)

__all__ = [
    "Burned",
    "burned_of",
    "days_of_contract",
    "experts_of",
    "hours_of_expert",
    "hours_of_milestone",
    "milestones_to_log",
    "pictures_of",
    "plan_began_on",
    "planned_activities",
    "said_last",
    "session_pictures_visible_to",
    "sessions_of",
    "sessions_visible_to",
    "unconfirmed_sessions",
    "with_facts",
]
