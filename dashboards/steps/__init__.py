"""What comes next, and whose turn it is: for a voucher, and on the home page of a cluster."""

from .applicants import steps_of_applicant
from .vouchers import voucher_step

__all__ = ["steps_of_applicant", "voucher_step"]
