"""How things went in a call, and with a voucher: the names that other modules use."""

from .calls import Story
from .vouchers import VoucherStory

__all__ = ["Story", "VoucherStory"]
