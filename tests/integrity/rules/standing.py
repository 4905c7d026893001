"""Lights that are set by hand, and where vouchers stand."""

from .statements import CANNOT_DELETE, after, another, change, delete, heading, rule

LIGHT, STANDING = "vouchers_lightoverride", "vouchers_standing"
LIFTED = change(LIGHT, "light", "lifted_by_id = %(officer)s, lifted_at = now()")

heading("Lights set by hand")
rule(
    "The cluster does not say how it does.",
    another(LIGHT, "light", set_by_id="%(manager)s"),
    "is set by an officer of the country or a coordinator",
)
rule(
    "Nor does an officer of another country.",
    another(LIGHT, "light", set_by_id="%(officer_elsewhere)s"),
    "is set by an officer of the country or a coordinator",
)
rule(
    "Nor who reads it for its money.",
    another(LIGHT, "light", set_by_id="%(finance)s"),
    "is set by an officer of the country or a coordinator",
)
rule(
    "Nor who has a conflict of interest.",
    another(LIGHT, "light", set_by_id="%(recused)s"),
    "is set by an officer of the country or a coordinator",
)
rule(
    "No light without a reason.",
    after(LIFTED, another(LIGHT, "light", reason=" ")),
    "a_light_by_hand_has_a_reason",
)
rule(
    "Not until a day that is past.",
    another(LIGHT, "light", until="2020-01-01"),
    "until a day from today to 92 days ahead",
)
rule(
    "Nor for longer than anybody looks after it.",
    another(LIGHT, "light", until="2100-01-01"),
    "until a day from today to 92 days ahead",
)
rule("One counts at a time.", another(LIGHT, "light"), "one_light_by_hand")
rule(
    "What is said of it stands.",
    change(LIGHT, "light", "until = until + 1"),
    "never changes",
)
rule(
    "It is lifted by who may set it.",
    change(LIGHT, "light", "lifted_by_id = %(manager)s, lifted_at = now()"),
    "is lifted by an officer of the country or a coordinator",
)
rule(
    "It stands who lifted it.",
    change(LIGHT, "light", "lifted_at = now()"),
    "a_lifted_light_says_by_whom",
)
rule(
    "It is lifted once.",
    after(LIFTED, change(LIGHT, "light", "lifted_by_id = %(coordinator)s")),
    "is written once",
)
rule("It is never deleted.", delete(LIGHT, "light"), CANNOT_DELETE)
rule(
    "It is not shown after its day.",
    change(STANDING, "standing", "judged_for = judged_for + 11"),
    "follows from the facts, or from one that is set by hand",
)
rule(
    "Nor once it is lifted.",
    after(LIFTED, change(STANDING, "standing", "judged_for = judged_for")),
    "follows from the facts, or from one that is set by hand",
)
rule(
    "No other light is shown than that of the facts, or the one that was set.",
    change(STANDING, "standing", "light = 'green'"),
    "follows from the facts, or from one that is set by hand",
)
rule(
    "A call watches its vouchers by days.",
    change("vouchers_call", "open_call", "days_of_silence = 0"),
    "vouchers_are_watched_by_days",
)
rule(
    "It reminds payees in order: once, again, and then finance asks.",
    change("vouchers_call", "open_call", "receipt_second_days = receipt_reminder_days"),
    "payees_are_reminded_in_order",
)
