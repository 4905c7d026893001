"""Who hands in, reads and accepts what is delivered."""

from vouchers.awards.permissions import (
    is_officer_for_voucher,
    may_sign_for_voucher,
    may_write_for_voucher,
)

may_hand_in = may_write_for_voucher
may_accept_for_cluster = may_sign_for_voucher
may_accept_for_partner = is_officer_for_voucher
