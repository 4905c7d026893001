"""Reports on a schedule."""

from .statements import CANNOT_DELETE, NEITHER, after, another, change, delete, heading, rule

SCHEDULE, HEARER = "reports_reportschedule", "reports_hearer"
RUN, HEARING = "reports_scheduledreport", "reports_hearing"
# The quarterly schedule rests: it may run again, and then the monthly one has no twin.
ENDED = change(SCHEDULE, "paused_schedule", "state = 'ended'")
# A month that is long over, as a new row that nobody prepared yet.
MARCH = {
    "first": "2020-03-01",
    "last": "2020-03-31",
    "due_on": "2020-04-01",
    "state": "pending",
    "report_id": None,
    "sent_at": None,
}

heading("Reports on a schedule")
rule(
    "There is one schedule of a report, until it is ended.",
    another(SCHEDULE, "schedule"),
    "one_schedule_of_a_report",
)
for day in (0, 32):
    rule(
        f"A month has no day {day}.",
        change(SCHEDULE, "schedule", f"due_day = {day}"),
        "a_month_has_days_1_to_31",
    )
rule(
    "A schedule does not end before it starts.",
    change(SCHEDULE, "schedule", "ends_on = starts_on - 1"),
    "a_schedule_ends_after_it_starts",
)
for says, first in (
    ("A first period begins as a month does.", "reports_from + 1"),
    ("Nothing is made that was due before it starts.", "(reports_from - interval '1 year')::date"),
):
    rule(
        says,
        change(SCHEDULE, "schedule", f"reports_from = {first}"),
        "due once it starts",
    )
rule(
    "A period that was left out stays so.",
    after(
        change(SCHEDULE, "schedule", "reports_from = (reports_from + interval '1 month')::date"),
        change(SCHEDULE, "schedule", "reports_from = (reports_from - interval '1 month')::date"),
    ),
    "does not go back to a period",
)
rule(
    "Progress is scheduled for a country.",
    another(SCHEDULE, "schedule", kind="progress"),
    "progress_is_scheduled_for_a_country",
)
rule(
    "A schedule is of a country that takes part in the call.",
    another(SCHEDULE, "schedule", country_id="TN"),
    "a country that takes part in the call",
)
rule(
    "It stays a schedule of its report.",
    change(SCHEDULE, "schedule", "frequency = 'quarterly'"),
    "never changes",
)
rule(
    "A new schedule runs.",
    another(SCHEDULE, "paused_schedule", country_id="LB"),
    "What is new is “running”",
)
rule(
    "An ended schedule does not run again.",
    after(ENDED, change(SCHEDULE, "paused_schedule", "state = 'running'")),
    "What is ended changes no more",
)
rule(
    "Nothing of an ended schedule changes.",
    after(ENDED, change(SCHEDULE, "paused_schedule", "due_day = 9")),
    "What is ended changes no more",
)
rule("A schedule is not deleted.", delete(SCHEDULE, "schedule"), CANNOT_DELETE)
rule("A person hears of it once.", another(HEARER, "hearer"), "a_person_hears_once")
rule(
    "Who hears of it stays that person.",
    change(HEARER, "hearer", "person_id = %(auditor)s"),
    "never changes",
)
rule(
    "Who heard of it until an instant did so until then.",
    after(
        change(HEARER, "hearer", "until = now()"),
        change(HEARER, "hearer", "until = NULL"),
    ),
    "is written once",
)
rule("Who heard of it is not forgotten.", delete(HEARER, "hearer"), CANNOT_DELETE)
rule(
    "Each period falls due once.",
    another(
        RUN, "scheduled_report", state="pending", report_id=None, sent_at=None, prepared_at=None
    ),
    "a_period_falls_due_once",
)
rule(
    "Nothing falls due by a schedule that rests.",
    f"INSERT INTO {RUN} (schedule_id, first, last, due_on, laid_at, state,"
    " sends_at_once, set_by_id, held_because, passed_because, attempts, last_error,"
    " next_attempt_at) VALUES (%(paused_schedule)s, '2020-01-01', '2020-03-31', '2020-04-01',"
    " now(), 'pending', false, %(coordinator)s, '', '', 0, '', now())",
    "Nothing falls due by a schedule that is paused or ended",
)
for says, change_of in (
    ("A month begins on its first day.", {"first": "2020-03-02"}),
    ("It ends on its last.", {"last": "2020-03-30"}),
    ("A monthly schedule reports no quarter.", {"first": "2020-01-01"}),
):
    rule(
        says,
        another(RUN, "scheduled_report", **{**MARCH, **change_of}),
        "whole months or whole quarters",
    )
rule(
    "A report is due after its period.",
    another(RUN, "scheduled_report", **{**MARCH, "due_on": "2020-03-31"}),
    "a_report_is_due_after_its_period",
)
rule(
    "A report falls due once its period is over.",
    another(
        RUN,
        "scheduled_report",
        **{**MARCH, "first": "2100-03-01", "last": "2100-03-31", "due_on": "2100-04-01"},
    ),
    "once its period is over",
)
rule(
    "An ended schedule is set again, and what it made is not made once more.",
    after(
        change(SCHEDULE, "schedule", "state = 'ended'"),
        another(SCHEDULE, "schedule", state="running"),
        another(
            RUN,
            "scheduled_report",
            schedule_id=999999999,
            state="pending",
            report_id=None,
            sent_at=None,
            prepared_at=None,
        ),
    ),
    "made by an earlier schedule",
)
rule(
    "What is due is made as it was set.",
    change(RUN, "scheduled_report", "sends_at_once = NOT sends_at_once"),
    "never changes",
)
rule(
    "What fell due is of its period.",
    change(RUN, "scheduled_report", "first = '2020-01-01'"),
    "never changes",
)
rule(
    "What is issued by a schedule is the report of that very period.",
    change(RUN, "scheduled_report", "report_id = %(period_report)s"),
    "the report of that very period",
)
rule(
    "What is sent was issued.",
    change(RUN, "scheduled_report", "report_id = NULL"),
    "what_is_sent_was_issued",
)
rule(
    "It says when it was sent.",
    change(RUN, "scheduled_report", "sent_at = NULL"),
    "what_is_sent_says_when",
)
rule(
    "What was sent is not sent once more.",
    change(RUN, "scheduled_report", "state = 'issued', sent_at = NULL"),
    "Invalid transition",
)
rule(
    "Who passes a report over says why.",
    after(
        another(RUN, "scheduled_report", **{**MARCH, "prepared_at": None}),
        f"UPDATE {RUN} SET state = 'waiting' WHERE id = 999999999",
        f"UPDATE {RUN} SET state = 'passed', passed_by_id = %(coordinator)s WHERE id = 999999999",
    ),
    "who_passes_a_report_over_says_why",
)
rule("What fell due is not deleted.", delete(RUN, "scheduled_report"), CANNOT_DELETE)
rule("A person is told of a report once.", another(HEARING, "hearing"), "a_person_is_told_once")
rule("Who was told stands.", change(HEARING, "hearing", "was_told = false"), NEITHER)
rule("It is not deleted either.", delete(HEARING, "hearing"), NEITHER)
