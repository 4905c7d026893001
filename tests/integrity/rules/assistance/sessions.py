"""Sessions of experts."""

from tests.integrity.rules.statements import (
    CANNOT_DELETE,
    after,
    another,
    change,
    delete,
    heading,
    rule,
)

TABLE = "vouchers_session"

heading("Sessions")
rule(
    "What is logged stands.",
    change(TABLE, "session", "hours = 1"),
    "stands, until it is returned and logged anew",
)
rule(
    "Who logged a session does not confirm it.",
    change(
        TABLE,
        "session",
        "state = 'confirmed', confirmed_by_id = logged_by_id, confirmed_at = now()",
    ),
    "a_session_has_four_eyes",
)
rule(
    "It stands who logged it, a person or a provider by its link.",
    another(TABLE, "session", hours="1.00", logged_by_id=None),
    "a_session_says_who_logged_it",
)
rule(
    "It stands who confirmed it.",
    change(TABLE, "session", "state = 'confirmed'"),
    "a_session_says_who_confirmed_it",
)
rule(
    "A session is returned with a reason.",
    change(
        TABLE, "session", "state = 'returned', returned_by_id = %(manager)s, returned_at = now()"
    ),
    "a_session_says_who_returned_it",
)
rule(
    "And taken back with one.",
    change(
        TABLE,
        "session",
        "state = 'withdrawn', withdrawn_by_id = %(manager)s, withdrawn_at = now()",
    ),
    "a_session_says_who_withdrawn_it",
)
rule(
    "What is taken back stays so.",
    change(TABLE, "withdrawn_session", "state = 'logged'"),
    "withdrawn changes no more",
)
rule(
    "Its hours are more than none.",
    another(TABLE, "session", hours="0.00"),
    "a_session_has_a_length",
)
rule("They are quarters.", another(TABLE, "session", hours="0.30"), "hours_are_quarters")
rule(
    "No more women take part than people.",
    another(TABLE, "session", hours="1.00", women=99),
    "no_more_than_took_part",
)
rule(
    "Nobody is counted for whom the call does not ask.",
    another(TABLE, "session", hours="1.00", from_universities=1),
    "a session counts what its call asks for",
)
rule(
    "An expert is known by an address in small letters.",
    another(TABLE, "session", expert_email="Nour@cedar.example"),
    "an_expert_is_known_by_an_address",
)
rule(
    "An expert works at most one day a day, over all vouchers.",
    another(TABLE, "session", hours="4.25"),
    "an expert works at most one day a day",
)
rule(
    "The sessions of a milestone stay within its days.",
    after(
        *(
            another(
                TABLE,
                "session",
                id=999_999_000 + number,
                expert_email=f"e{number}@example.org",
                hours="8.00",
            )
            for number in range(5)
        )
    ),
    "sessions stay within the days of their milestone",
)
rule(
    "A session lies within its voucher.",
    another(TABLE, "session", day="2020-01-02"),
    "a session lies within its voucher",
)
rule(
    "It is logged once it was held.",
    another(TABLE, "session", logged_at="2020-01-02T10:00:00Z"),
    "a session is logged once it was held",
)
rule(
    "Nothing before the plan is paid.",
    change(TABLE, "returned_session", "state = 'logged', day = day - 12"),
    "a session comes after its plan",
)
rule("A session is not deleted.", delete(TABLE, "session"), CANNOT_DELETE)

PICTURE = "vouchers_sessionpicture"
heading("Pictures of sessions")
rule(
    "A picture says what can be seen.",
    another(PICTURE, "session_picture", sha256="1", alternative=""),
    "a_picture_says_what_can_be_seen",
)
rule(
    "It stands who added it.",
    another(PICTURE, "session_picture", sha256="1", added_by_id=None),
    "a_picture_says_who_added_it",
)
rule(
    "The same picture is in a session once.",
    another(PICTURE, "session_picture"),
    "one_picture_once_in_a_session",
)
rule(
    "A session has six pictures at most.",
    after(
        *(
            another(PICTURE, "session_picture", id=999_999_990 + number, sha256=str(number))
            for number in range(6)
        )
    ),
    "at most 6 pictures",
)
rule(
    "None is added to a session that is taken back.",
    another(PICTURE, "session_picture", session_id="%(withdrawn_session)s"),
    "the pictures of a session stand once it is confirmed",
)
rule(
    "What a picture says never changes.",
    change(PICTURE, "session_picture", "alternative = 'Nobody'"),
    "never changes",
)
rule(
    "Nor who added it.",
    change(PICTURE, "session_picture", "added_by_id = %(manager)s"),
    "never changes",
)
rule("A picture is not deleted.", delete(PICTURE, "session_picture"), CANNOT_DELETE)
