"""Between which accounts each kind of entry moves money.

Every account but the grant is a place where money of the call stands: a debit brings some there, a
credit takes some away, and none holds less than nothing. The grant is where it comes from.
"""

from __future__ import annotations

# Of a call, and of each of its vouchers.
GRANT, AVAILABLE, CHARGES = "grant", "available", "charges"
COMMITTED, PAYABLE, IN_TRANSIT, BANK = "committed", "payable", "in_transit", "bank"
ADVANCED, RECEIVABLE = "advanced", "receivable"
OF_A_CALL = (GRANT, AVAILABLE, CHARGES)
OF_A_VOUCHER = (COMMITTED, PAYABLE, IN_TRANSIT, BANK, ADVANCED, RECEIVABLE)
# What is approved of a voucher, wherever on its way to the provider it is.
APPROVED = (PAYABLE, IN_TRANSIT, BANK, ADVANCED)

# The account that is credited, and the one that is debited.
ROUTES: dict[str, tuple[str, str]] = {
    "grant": (GRANT, AVAILABLE),
    "award": (AVAILABLE, COMMITTED),
    "withdrawal": (COMMITTED, AVAILABLE),
    "approval": (COMMITTED, PAYABLE),
    "reversal": (PAYABLE, COMMITTED),
    "order": (PAYABLE, IN_TRANSIT),
    "booking": (IN_TRANSIT, BANK),
    # What the bank did not pay is payable again, and so is what it paid and got back.
    "return": (IN_TRANSIT, PAYABLE),
    "came_back": (BANK, PAYABLE),
    # By the final rate a claim is worth more, or less, than was approved.
    "raised": (COMMITTED, PAYABLE),
    "lowered": (PAYABLE, COMMITTED),
    # What a cluster has in advance is owed by it, until cost clears it or it is demanded back.
    "advance": (IN_TRANSIT, ADVANCED),
    "unadvance": (ADVANCED, PAYABLE),
    "clearing": (ADVANCED, BANK),
    "unclearing": (BANK, ADVANCED),
    "demand": (ADVANCED, RECEIVABLE),
    # What the bank took for itself.
    "charge": (AVAILABLE, CHARGES),
    "release": (COMMITTED, AVAILABLE),
    # What an audit found wrong is to come back; what does not stays with the bank's bookings.
    "correction": (BANK, RECEIVABLE),
    "recovery": (RECEIVABLE, AVAILABLE),
    "waiver": (RECEIVABLE, BANK),
    # A payment that the bank gave back set nothing off.
    "reopening": (AVAILABLE, RECEIVABLE),
}
