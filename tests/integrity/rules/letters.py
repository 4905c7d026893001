"""Letters and messages."""

from .statements import (
    CANNOT_DELETE,
    CANNOT_UPDATE,
    NEITHER,
    after,
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

_RENDERED = (
    "UPDATE documents_document SET state = 'rendered', rendered_at = now(), pages = 1,"
    " rendered_size = 1, rendered_file = 'a.pdf', rendered_sha256 = repeat('a', 64)"
)
_READY = (
    "UPDATE documents_document SET state = 'ready', rendered_file = '', file = 'b.pdf', size = 2,"
    " file_sha256 = repeat('b', 64)"
)
rule(
    "What waits for its seal has been rendered.",
    "UPDATE documents_document SET state = 'rendered'",
    "a_rendering_is_whole",
)
rule(
    "What was rendered is not rendered anew.",
    after(_RENDERED, "UPDATE documents_document SET rendered_sha256 = repeat('c', 64)"),
    CANNOT_UPDATE,
)
rule(
    "A file that is another than the rendered one bears a seal, of which the certificate is known.",
    after(_RENDERED, _READY),
    "a_seal_names_its_certificate",
)
rule(
    "A letter that is issued with its seal never gets another.",
    after(
        _RENDERED,
        f"{_READY}, sealed_at = now(), sealed_by = 'x', seal_valid_until = now(),"
        " seal_fingerprint = repeat('d', 64)",
        "UPDATE documents_document SET file_sha256 = repeat('e', 64)",
    ),
    CANNOT_UPDATE,
)

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
