"""Pure rules of where a voucher stands; they know neither Django nor a record."""

from .facts import (
    AmendmentFact,
    ClaimFact,
    Consent,
    DeliveryFact,
    PlanFact,
    Quotes,
    Reached,
    Rest,
    SurveyFact,
    VoucherFacts,
    WatchLimits,
)
from .lights import LightCause, LightOfFacts, Reason, causes_of, light_of
from .reminders import ReminderKind, VoucherReminder, reminders_of
from .turns import AwaitedParty, AwaitedTask, StageOfFacts, Turn, stage_of, turns_of

__all__ = [
    "AmendmentFact",
    "AwaitedParty",
    "AwaitedTask",
    "ClaimFact",
    "Consent",
    "DeliveryFact",
    "LightCause",
    "LightOfFacts",
    "PlanFact",
    "Quotes",
    "Reached",
    "Reason",
    "ReminderKind",
    "Rest",
    "StageOfFacts",
    "SurveyFact",
    "Turn",
    "VoucherFacts",
    "VoucherReminder",
    "WatchLimits",
    "causes_of",
    "light_of",
    "reminders_of",
    "stage_of",
    "turns_of",
]
