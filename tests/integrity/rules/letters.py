"""Letters and messages."""

from .statements import (
    CANNOT_DELETE,
    CANNOT_UPDATE,
    NEITHER,
    another,
    change,
    delete,
    heading,
    rule,
)

heading("Letters and messages")
rule(
    "What a letter states is fixed when it is issued.",
    "UPDATE documents_document SET facts = '{}'",
    CANNOT_UPDATE,
)
rule("A letter is not deleted.", "DELETE FROM documents_document", CANNOT_DELETE)

MESSAGE, NEW = "vouchers_message", "7c9e6679-7425-40de-944b-e07fc1f90ae7"
rule(
    "A message stays as it was sent.",
    change(MESSAGE, "message", "text = 'Bad.'"),
    NEITHER,
)
rule("It is not taken back.", delete(MESSAGE, "message"), NEITHER)
rule(
    "Nobody writes whom a conflict of interest shuts out.",
    another(MESSAGE, "message", key=NEW, author_id="%(recused)s"),
    "a conflict of interest shuts the author out",
)
rule(
    "Nobody writes about a voucher that was not issued.",
    another(MESSAGE, "message", key=NEW, application_id="%(draft)s"),
    "no voucher was issued for the application",
)
rule(
    "Coordinators write about vouchers, and not about applications.",
    another(MESSAGE, "message", key=NEW, about="application"),
    "coordinators_write_about_vouchers",
)
