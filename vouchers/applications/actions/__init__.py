"""Every write about applications."""

from .attachments import attach_file, remove_attachment, require_room_for_a_file
from .copying import Copied, copy_answers
from .declarations import Signing, affirm_declaration
from .sending import (
    problems_before_sending,
    reopen_application,
    submit_application,
    withdraw_application,
)
from .writing import Overtaken, save_answers, start_application

__all__ = [
    "Copied",
    "Overtaken",
    "Signing",
    "affirm_declaration",
    "attach_file",
    "copy_answers",
    "problems_before_sending",
    "remove_attachment",
    "reopen_application",
    "require_room_for_a_file",
    "save_answers",
    "start_application",
    "submit_application",
    "withdraw_application",
]
