"""Every write about assignments, declarations and assessments."""

from .assessments import (
    COMMENT,
    ScoreInput,
    correct_assessment,
    keep_scores,
    problem_of,
    problems_before_submitting,
    require_on_scale,
    save_assessment,
    submit_assessment,
)
from .assignments import (
    GONE_STATES,
    OPEN_STATES,
    assign_assessor,
    assign_together,
    decline_assignment,
    release_assessor,
    replace_assessor,
)
from .conflicts import declare_conflict, declare_no_conflict
from .consensus import review_consensus
from .due_days import extend_assignment, set_scoring_due
from .profiles import set_profile
from .reminders import (
    REMINDED,
    due_before,
    remind_late_assessors,
    remind_of_assessment,
    remind_of_assessments,
)

__all__ = [
    "COMMENT",
    "GONE_STATES",
    "OPEN_STATES",
    "REMINDED",
    "ScoreInput",
    "assign_assessor",
    "assign_together",
    "correct_assessment",
    "declare_conflict",
    "declare_no_conflict",
    "decline_assignment",
    "due_before",
    "extend_assignment",
    "keep_scores",
    "problem_of",
    "problems_before_submitting",
    "release_assessor",
    "remind_late_assessors",
    "remind_of_assessment",
    "remind_of_assessments",
    "replace_assessor",
    "require_on_scale",
    "review_consensus",
    "save_assessment",
    "set_profile",
    "set_scoring_due",
    "submit_assessment",
]
