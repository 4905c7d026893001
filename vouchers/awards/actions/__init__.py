"""Every write about selection, feedback, awards, the reserve list, requests for review."""

from .appeals import Judgement, ask_for_review, decide_appeal, write_on_appeal
from .countersigning import countersign, require_countersigned, send_countersigning_code
from .extending import extend_award
from .feedback import FeedbackInput, save_feedback
from .offers import (
    accept_award,
    decline_award,
    lapse_award,
    lapse_unanswered_awards,
)
from .publication import (
    approve_selection,
    move_publication,
    publish_due_selections,
    publish_selection,
)
from .reminding import remind_of_offers
from .reserve import close_reserve_lists, close_reserve_place, fill_vacancies, offer_from_reserve
from .selection import Choice, problems_before_selection, propose_selection, return_selection
from .signing import SigningInput, send_signing_code

__all__ = [
    "Choice",
    "FeedbackInput",
    "Judgement",
    "SigningInput",
    "accept_award",
    "approve_selection",
    "ask_for_review",
    "close_reserve_lists",
    "close_reserve_place",
    "countersign",
    "decide_appeal",
    "decline_award",
    "extend_award",
    "fill_vacancies",
    "lapse_award",
    "lapse_unanswered_awards",
    "move_publication",
    "offer_from_reserve",
    "problems_before_selection",
    "propose_selection",
    "publish_due_selections",
    "publish_selection",
    "remind_of_offers",
    "require_countersigned",
    "return_selection",
    "save_feedback",
    "send_countersigning_code",
    "send_signing_code",
    "write_on_appeal",
]
