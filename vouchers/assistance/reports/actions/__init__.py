"""Every write about final reports, up to their acceptance, which closes the voucher (`payments`)."""

from .consenting import say_what_is_public
from .deciding import accept_report_for_partner, judged_to_decide, return_report
from .drafting import save_report, save_report_parts
from .files import add_evidence, add_picture, remove_report_file
from .sending import obstacles_of, submit_report

__all__ = [
    "accept_report_for_partner",
    "add_evidence",
    "add_picture",
    "judged_to_decide",
    "obstacles_of",
    "remove_report_file",
    "return_report",
    "save_report",
    "save_report_parts",
    "say_what_is_public",
    "submit_report",
]
