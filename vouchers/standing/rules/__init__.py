"""Pure rules of where a voucher stands; they know neither Django nor a record."""

from .facts import Claim, Consent, Delivery, Limits, Plan, Quotes, Step, VoucherFacts
from .lights import Cause, Light, Reason, causes_of, light_of
from .reminders import Kind, Reminder, reminders_of
from .turns import Party, Stage, Task, Turn, stage_of, turns_of

__all__ = [
    "Cause",
    "Claim",
    "Consent",
    "Delivery",
    "Kind",
    "Light",
    "Limits",
    "Party",
    "Plan",
    "Quotes",
    "Reason",
    "Reminder",
    "Stage",
    "Step",
    "Task",
    "Turn",
    "VoucherFacts",
    "causes_of",
    "light_of",
    "reminders_of",
    "stage_of",
    "turns_of",
]
