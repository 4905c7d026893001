"""Meetings about a voucher."""

from tests.integrity.rules.statements import (
    CANNOT_DELETE,
    NEITHER,
    after,
    another,
    change,
    delete,
    heading,
    rule,
)

heading("Meetings")
rule(
    "The number of a message to calendars never falls.",
    change("vouchers_meeting", "meeting", "sequence = 0"),
    "counts the sequence up",
)
rule(
    "An agreed meeting is not moved under the same number.",
    change(
        "vouchers_meeting",
        "meeting",
        "starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day'",
    ),
    "counts the sequence up",
)
rule(
    "Nor cancelled under it.",
    change(
        "vouchers_meeting",
        "meeting",
        "state = 'cancelled', cancel_reason = 'Rain', cancelled_by_id = %(officer)s,"
        " cancelled_at = now()",
    ),
    "counts the sequence up",
)
rule(
    "A meeting is cancelled with a reason.",
    change(
        "vouchers_meeting",
        "meeting",
        "state = 'cancelled', sequence = sequence + 1, cancelled_by_id = %(officer)s,"
        " cancelled_at = now()",
    ),
    "a_cancelled_meeting_says_why",
)
rule(
    "Nobody cancels none: only of a voucher that has ended meetings end by themselves.",
    change(
        "vouchers_meeting",
        "meeting",
        "state = 'cancelled', cancel_reason = 'Rain', sequence = sequence + 1,"
        " cancelled_at = now()",
    ),
    "Somebody cancels a meeting",
)
rule(
    "It is not held before it began.",
    change(
        "vouchers_meeting",
        "meeting",
        "state = 'took_place', held_by_id = %(officer)s, held_at = now()",
    ),
    "a_meeting_is_held_once_it_began",
)
rule(
    "What a calendar knows it by stays.",
    change("vouchers_meeting", "meeting", "uid = gen_random_uuid()"),
    "never changes",
)
rule(
    "A meeting that is cancelled is not opened again.",
    change("vouchers_meeting", "cancelled_meeting", "state = 'agreed'"),
    "cancelled changes no more",
)
rule(
    "Two meetings about a voucher are not at the same time.",
    after(
        another(
            "vouchers_meeting",
            "meeting",
            uid="00000000-0000-4000-8000-000000000001",
            state="proposed",
            starts_at=None,
            ends_at=None,
            turn="cluster",
        ),
        "UPDATE vouchers_meeting SET state = 'agreed', turn = '', starts_at = other.starts_at,"
        " ends_at = other.ends_at FROM vouchers_meeting other WHERE other.id = %(meeting)s"
        " AND vouchers_meeting.id = 999999999",
    ),
    "meetings_of_a_voucher_do_not_overlap",
)
rule("A meeting is not deleted.", delete("vouchers_meeting", "meeting"), CANNOT_DELETE)
rule(
    "A time is not proposed once it is over.",
    another("vouchers_meetingslot", "slot", starts_at="2020-01-01T10:00:00Z"),
    "a_proposed_time_lies_ahead",
)
rule(
    "A proposed time stands as it was proposed.",
    change("vouchers_meetingslot", "slot", "starts_at = starts_at + interval '1 day'"),
    NEITHER,
)
_CORRECTION = (
    "INSERT INTO vouchers_attendancecorrection"
    " (meeting_id, number, people, reason, corrected_by_id, corrected_at)"
    " VALUES (%({meeting})s, {number}, 2, '{reason}', %(officer)s, now())"
)
rule(
    "Who came is corrected of a meeting that was held.",
    _CORRECTION.format(meeting="meeting", number=2, reason="She came."),
    "of a meeting that was held",
)
rule(
    "With a reason.",
    _CORRECTION.format(meeting="held_meeting", number=3, reason=" "),
    "a_correction_of_attendance_has_a_reason",
)
rule(
    "One correction after another.",
    _CORRECTION.format(meeting="held_meeting", number=2, reason="She came."),
    "numbered one after another",
)
rule(
    "A correction stands as it was written.",
    change("vouchers_attendancecorrection", "attendance_correction", "reason = 'Other'"),
    NEITHER,
)
rule(
    "Nobody is put on the list of a meeting that is over.",
    another("vouchers_attendance", "attendance", position=9),
    "corrected with a reason",
)
rule(
    "Nor on that of a correction, later.",
    "INSERT INTO vouchers_attendance"
    " (meeting_id, correction_id, position, name, organisation, function, side, was_present)"
    " VALUES (%(held_meeting)s, %(attendance_correction)s, 4, 'Ali', '', '', 'other', true)",
    "names the people that it says",
)
rule(
    "Who came stands as it was written.",
    change("vouchers_attendance", "attendance", "was_present = false"),
    NEITHER,
)
