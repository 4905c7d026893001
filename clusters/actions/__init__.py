"""Every write about who takes part."""

from .bank import change_account, verify_account
from .countries import change_letterhead, set_up_country
from .growth import correct_figures, enter_figures
from .members import (
    change_member,
    derive_members,
    discard_list,
    enter_member,
    keep_list,
    mark_as_left,
    take_over_list,
)
from .pages import (
    approve_page,
    change_logo,
    remove_logo,
    request_publication,
    return_page,
    take_page_down,
)
from .people import (
    accept_representation,
    change_level,
    hand_over,
    invite_representative,
    remove_representative,
    resend_invitation,
    withdraw_representative_invitation,
)
from .profile import Achievement, register_cluster, save_track_record, update_profile

__all__ = [
    "Achievement",
    "accept_representation",
    "approve_page",
    "change_account",
    "change_letterhead",
    "change_level",
    "change_logo",
    "change_member",
    "correct_figures",
    "derive_members",
    "discard_list",
    "enter_figures",
    "enter_member",
    "hand_over",
    "invite_representative",
    "keep_list",
    "mark_as_left",
    "register_cluster",
    "remove_logo",
    "remove_representative",
    "request_publication",
    "resend_invitation",
    "return_page",
    "save_track_record",
    "set_up_country",
    "take_over_list",
    "take_page_down",
    "update_profile",
    "verify_account",
    "withdraw_representative_invitation",
]
