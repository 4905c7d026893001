"""Every write about quotes: the names that other rooms use."""

from .answering import (
    add_quote_file,
    mark_of_draft,
    problems_of_quote,
    remove_quote_file,
    revise_quote,
    save_quote,
    send_quote,
    withdraw_quote,
)
from .inviting import (
    answer_derogation,
    ask_for_derogation,
    ask_for_quotes,
    extend_deadline,
    invite_provider,
    send_link_again,
    withdraw_quote_invitation,
)
from .judging import (
    Interest,
    Mark,
    answer_choice,
    choose_quote,
    declare_interests,
    mark_quotes,
    standing_in,
)
from .lines import OfferedLine
from .opening import call_opening, open_quotes
from .terms import AskedMilestone, begin_terms, end_terms, end_terms_of_ended, save_terms

__all__ = [
    "AskedMilestone",
    "Interest",
    "Mark",
    "OfferedLine",
    "add_quote_file",
    "answer_choice",
    "answer_derogation",
    "ask_for_derogation",
    "ask_for_quotes",
    "begin_terms",
    "call_opening",
    "choose_quote",
    "declare_interests",
    "end_terms",
    "end_terms_of_ended",
    "extend_deadline",
    "invite_provider",
    "mark_of_draft",
    "mark_quotes",
    "open_quotes",
    "problems_of_quote",
    "remove_quote_file",
    "revise_quote",
    "save_quote",
    "save_terms",
    "send_link_again",
    "send_quote",
    "standing_in",
    "withdraw_quote",
    "withdraw_quote_invitation",
]
