"""Several rows of a list at one press."""

from .statements import after, another, change, heading, rule

ROW = "bulk_bulkitem"


def changed_run(what: str) -> str:
    """The statement that changes what was chosen; its key is no number."""
    return f"UPDATE bulk_bulkrun SET {what} WHERE id = '%(chosen)s'"


heading("Several rows at once")
rule(
    "Nothing is done before somebody presses.",
    changed_run("done_at = now()"),
    "nothing_is_done_before_the_press",
)
rule(
    "What is done says when.",
    changed_run("state = 'ready', pressed_at = now()"),
    "a_bulk_that_is_done_says_when",
)
rule(
    "It does not become another person's, nor another action.",
    changed_run("by_id = %(auditor)s"),
    "never changes",
)
rule(
    "The words that go with every row stand once they are given.",
    after(
        changed_run("words = 'Rain', pressed_at = now()"),
        changed_run("words = 'Snow'"),
    ),
    "is written once",
)
rule("A row is chosen once.", another(ROW, "chosen_row"), "a_row_is_chosen_once")
rule(
    "It does not become another record's.",
    change(ROW, "chosen_row", "key = 'another'"),
    "never changes",
)
rule(
    "A row that is refused says why.",
    change(ROW, "chosen_row", "outcome = 'refused'"),
    "a_refused_row_says_why",
)
rule(
    "What became of a row stands, so that nothing is done to it twice.",
    after(
        change(ROW, "chosen_row", "outcome = 'done'"),
        change(ROW, "chosen_row", "outcome = 'waiting'"),
    ),
    "What became of a row stands.",
)
