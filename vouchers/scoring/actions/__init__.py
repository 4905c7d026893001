"""Every write about scoring."""

from .assessing import (
    COMMENT,
    ScoreInput,
    correct_assessment,
    keep_scores,
    problems_before_submitting,
    save_assessment,
    submit_assessment,
)
from .assigning import (
    assign_assessor,
    assign_together,
    declare_conflict,
    declare_no_conflict,
    release_assessor,
)
from .closing import (
    close_scoring,
    open_round_of,
    problems_before_closing,
    reopen_scoring,
    set_scoring_due,
)
from .consensus import (
    agree,
    ask_third,
    become_rapporteur,
    correct_consensus,
    release_rapporteur,
    write_message,
)
from .exporting import export_for_research, export_scores
from .replacing import (
    decline_assignment,
    extend_assignment,
    replace_assessor,
    set_profile,
)
from .seeing import see_as_assessor
from .studying import request_study
from .workbooks import discard_workbook, keep_workbook, take_workbook_over

__all__ = [
    "COMMENT",
    "ScoreInput",
    "agree",
    "ask_third",
    "assign_assessor",
    "assign_together",
    "become_rapporteur",
    "close_scoring",
    "correct_assessment",
    "correct_consensus",
    "declare_conflict",
    "declare_no_conflict",
    "decline_assignment",
    "discard_workbook",
    "export_for_research",
    "export_scores",
    "extend_assignment",
    "keep_scores",
    "keep_workbook",
    "open_round_of",
    "problems_before_closing",
    "problems_before_submitting",
    "release_assessor",
    "release_rapporteur",
    "reopen_scoring",
    "replace_assessor",
    "request_study",
    "save_assessment",
    "see_as_assessor",
    "set_profile",
    "set_scoring_due",
    "submit_assessment",
    "take_workbook_over",
    "write_message",
]
