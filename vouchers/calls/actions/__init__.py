"""Every write about calls."""

from .amendments import amend_call
from .building import (
    create_call,
    set_criteria,
    set_declaration,
    set_eligibility_rules,
    set_form,
    set_need_themes,
    set_plan_terms,
    set_quotas,
    set_scoring,
    update_call,
)
from .copying import COPIED, CRITERION_FACTS, GROUND_FACTS, INDICATOR_FACTS, copy_call
from .opening import open_call
from .purchasing import set_purchase_rules
from .questions import (
    add_question,
    add_section,
    change_question,
    change_section,
    move_question,
    move_section,
    remove_question,
    remove_section,
)

__all__ = [
    "COPIED",
    "CRITERION_FACTS",
    "GROUND_FACTS",
    "INDICATOR_FACTS",
    "add_question",
    "add_section",
    "amend_call",
    "change_question",
    "change_section",
    "copy_call",
    "create_call",
    "move_question",
    "move_section",
    "open_call",
    "remove_question",
    "remove_section",
    "set_criteria",
    "set_declaration",
    "set_eligibility_rules",
    "set_form",
    "set_need_themes",
    "set_plan_terms",
    "set_purchase_rules",
    "set_quotas",
    "set_scoring",
    "update_call",
]
