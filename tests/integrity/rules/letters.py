"""Letters and messages."""

from .statements import CANNOT_DELETE, CANNOT_UPDATE, heading, rule

heading("Letters and messages")
rule(
    "What a letter states is fixed when it is issued.",
    "UPDATE documents_document SET facts = '{}'",
    CANNOT_UPDATE,
)
rule("A letter is not deleted.", "DELETE FROM documents_document", CANNOT_DELETE)
