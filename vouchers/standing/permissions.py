"""Who may set the light of a voucher by hand."""

from __future__ import annotations

from accounts.permissions import is_coordinator
from vouchers.awards.permissions import is_officer_for_voucher, may_read_voucher

# A cluster reads how it does; only who looks after it says that it does better or worse.
may_set_light = is_officer_for_voucher | (is_coordinator & may_read_voucher)
