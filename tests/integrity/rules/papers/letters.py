"""Letters and messages."""

from tests.integrity.rules.statements import (
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

BATCH, BATCHED = "documents_letterbatch", "documents_batchedletter"
rule(
    "A letter of a batch that is paused is not taken by a worker.",
    after(
        change(BATCH, "letter_batch", "state = 'paused'"),
        "UPDATE documents_document SET attempts = attempts + 1 WHERE kind = 'award'",
    ),
    "A letter of a batch that is paused or was given up is not taken by a worker",
)
rule(
    "Nor is what a batch had issued and gave up.",
    after(
        "INSERT INTO documents_batchedletter (batch_id, document_id, is_new, given_up_at)"
        " SELECT %(letter_batch)s, id, true, now() FROM documents_document"
        " WHERE kind = 'acknowledgement'",
        "UPDATE documents_document SET attempts = attempts + 1 WHERE kind = 'acknowledgement'",
    ),
    "A letter of a batch that is paused or was given up is not taken by a worker",
)
rule(
    "One batch of letters of a round is open at a time.",
    another(BATCH, "letter_batch"),
    "one_open_batch_of_letters",
)
rule(
    "What a batch is about, what was asked for and by whom is fixed.",
    change(BATCH, "letter_batch", "kinds = ARRAY['refusal']"),
    "never changes",
)
rule(
    "A batch names the kinds of its letters.",
    after(
        change(BATCH, "letter_batch", "state = 'stopped', ended_at = now()"),
        another(BATCH, "letter_batch", state="running", ended_at=None, kinds=[]),
    ),
    "a_batch_names_its_kinds",
)
rule(
    "A batch that has ended says when.",
    change(BATCH, "letter_batch", "state = 'done'"),
    "an_ended_batch_says_when",
)
rule(
    "A batch that has ended changes no more.",
    after(
        change(BATCH, "letter_batch", "state = 'stopped', ended_at = now()"),
        change(BATCH, "letter_batch", "ended_at = now() + interval '1 day'"),
    ),
    "changes no more",
)
rule("A batch is not deleted.", delete(BATCH, "letter_batch"), CANNOT_DELETE)
rule(
    "A letter is in a batch once.",
    another(BATCHED, "batched_letter"),
    "a_letter_once_in_a_batch",
)
rule(
    "Its place in the batch is fixed.",
    change(BATCHED, "batched_letter", "is_new = NOT is_new"),
    "never changes",
)
rule(
    "What was given up is not taken up again.",
    after(
        change(BATCHED, "batched_letter", "given_up_at = now()"),
        change(BATCHED, "batched_letter", "given_up_at = NULL"),
    ),
    "is written once",
)
rule(
    "No letter joins a batch that is paused or over.",
    after(
        change(BATCH, "letter_batch", "state = 'paused'"),
        "INSERT INTO documents_batchedletter (batch_id, document_id, is_new)"
        " SELECT %(letter_batch)s, id, true FROM documents_document"
        " WHERE kind = 'acknowledgement'",
    ),
    "A letter joins a batch that is running",
)
rule("No letter leaves a batch.", delete(BATCHED, "batched_letter"), CANNOT_DELETE)
rule(
    "The queue knows four priorities.",
    "UPDATE documents_document SET priority = 1",
    "a_priority_of_the_queue",
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
