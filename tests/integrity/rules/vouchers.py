"""Vouchers and deliverables."""

from .statements import CANNOT_DELETE, another, change, delete, heading, rule

heading("Vouchers")
rule(
    "A voucher keeps its value.",
    change("vouchers_voucher", "voucher", "amount = 9999"),
    "never changes",
)
rule(
    "What is approved of it follows from the ledger.",
    change("vouchers_voucher", "voucher", "approved = 0"),
    "kept by the database",
)
rule(
    "So does what is paid of it.",
    change("vouchers_voucher", "voucher", "paid = 0"),
    "kept by the database",
)
rule(
    "It is worth what its award says, from the start.",
    another("vouchers_voucher", "voucher", amount="9999.00", approved=0, paid=0),
    "A voucher is worth what its accepted award says",
)
rule(
    "Both begin at nothing.",
    another("vouchers_voucher", "voucher"),
    "kept by the database",
)
rule("A voucher is not deleted.", delete("vouchers_voucher", "voucher"), CANNOT_DELETE)
