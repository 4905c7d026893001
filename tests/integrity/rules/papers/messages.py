"""Messages: what waits, what was sent, and what servers said of it."""

from tests.integrity.rules.statements import NEITHER, after, another, change, delete, heading, rule

NOTICE, REVISION = "notices_notice", "notices_noticerevision"
EVENT, ASIDE = "notices_deliveryevent", "notices_setasidereport"
OUTSIDE, SEEN = "notices_mailevent", "notices_reportseen"
NEW = "7c9e6679-7425-40de-944b-e07fc1f90ae"
_FREED = "stopped_by_id = NULL, stop_reason = ''"


def again(last: str) -> str:
    """The statement that sends the sent message once more, under an id that ends with `last`."""
    return (
        f"INSERT INTO {NOTICE} SELECT (jsonb_populate_record(found, jsonb_build_object("
        f"'id', '{NEW}{last}', 'state', 'pending', 'sent_at', NULL, 'again_of_id', found.id))).*"
        f" FROM {NOTICE} found WHERE id = %(sent_notice)s"
    )


def of_another(table: str, like: str, notice: str) -> str:
    """The statement that inserts a row like `like`, but of another message."""
    return (
        f"INSERT INTO {table} SELECT (jsonb_populate_record(found, jsonb_build_object("
        f"'id', 999999999, 'notice_id', other.id))).* FROM {table} found, {NOTICE} other"
        f" WHERE found.id = %({like})s AND other.id = %({notice})s"
    )


heading("E-mails")
rule(
    "What is held back is not sent.",
    change(NOTICE, "held_notice", f"state = 'sent', sent_at = now(), {_FREED}"),
    "Invalid transition",
)
rule(
    "What is cancelled never goes.",
    after(
        change(NOTICE, "held_notice", "state = 'dropped'"),
        change(NOTICE, "held_notice", f"state = 'pending', {_FREED}"),
    ),
    "changes no more",
)
rule(
    "Who holds a message back or cancels it says why.",
    change(NOTICE, "held_notice", "stop_reason = ''"),
    "who_stops_a_notice_says_why",
)
rule(
    "What was sent stays as it was sent.",
    change(NOTICE, "sent_notice", "subject = 'Another', body = 'Another'"),
    "changes no more",
)
rule(
    "It stays sent, to the address to which it went.",
    change(NOTICE, "sent_notice", "sent_to = 'other@example.org'"),
    "changes no more",
)
rule(
    "It is sent again as a message of its own, and once.",
    after(again("8"), again("9")),
    "a_notice_is_sent_again_once",
)
rule(
    "The words of a message change with a revision that says who changed them, and why.",
    change(NOTICE, "changed_notice", "body = 'Nobody said so.'"),
    "change with a revision",
)
rule(
    "A revision says why.",
    another(REVISION, "revision", number=2, reason=""),
    "who_changes_a_message_says_why",
)
rule("A revision stays as it was written.", change(REVISION, "revision", "body = 'Other'"), NEITHER)
rule(
    "What was sent is not reworded.",
    of_another(REVISION, "revision", "sent_notice"),
    "that was not sent can be changed",
)
rule(
    "What a server said stays as it was said.",
    change(EVENT, "delivery", "kind = 'delivered'"),
    NEITHER,
)
rule(
    "The same event counts once.",
    another(EVENT, "delivery"),
    "an_event_of_delivery_counts_once",
)
rule(
    "Servers report on what was sent.",
    of_another(EVENT, "delivery", "changed_notice"),
    "report on messages that were sent",
)
rule(
    "What was set aside is kept with its reason.",
    change(ASIDE, "set_aside_report", "why = 'foreign', digest = ''"),
    NEITHER,
)
rule(
    "Nor is it deleted, so that it is not read and told of once more.",
    delete(ASIDE, "set_aside_report"),
    NEITHER,
)
rule(
    "A report that was set aside is kept once, however often it is read.",
    another(ASIDE, "set_aside_report"),
    "notices_setasidereport_digest_key",
)
rule(
    "Who has looked at it stays who it was.",
    change(SEEN, "report_seen", "by_id = %(recused)s"),
    NEITHER,
)
rule(
    "That it was looked at is not taken back.",
    delete(SEEN, "report_seen"),
    NEITHER,
)
rule(
    "It is looked at once.",
    another(SEEN, "report_seen", by_id=1),
    "notices_reportseen_report_id_key",
)
rule(
    "What a server said of a mail to somebody without an account stays as it was said.",
    change(OUTSIDE, "returned_mail", "kind = 'delivered'"),
    NEITHER,
)
rule(
    "It is not put to another address.",
    change(OUTSIDE, "returned_mail", "address = 'other@example.org'"),
    NEITHER,
)
rule(
    "That it came back is not deleted.",
    delete(OUTSIDE, "returned_mail"),
    NEITHER,
)
rule(
    "The same report on such a mail counts once.",
    another(OUTSIDE, "returned_mail"),
    "an_event_of_an_email_counts_once",
)
