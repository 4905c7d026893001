"""Plans in versions, and the milestones that last over them."""

from tests.integrity.rules.statements import (
    CANNOT_DELETE,
    after,
    another,
    change,
    claimed_anew,
    delete,
    heading,
    rule,
)

VERSION, LINE, MILESTONE = "vouchers_planversion", "vouchers_budgetline", "vouchers_milestone"
PLANNED = "vouchers_plannedmilestone"
# The draft of an amendment, with a milestone of its own.
OF_THE_DRAFT = {"version_id": "%(draft_version)s"}
ANOTHER_KEY = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
OTHER_MILESTONE = another(PLANNED, "planned", **OF_THE_DRAFT)


def line(**changes: object) -> str:
    """A line of the draft, like one of the version in force."""
    return another(LINE, "line", **{**OF_THE_DRAFT, "milestone_id": 999_999_999, **changes})


def sent(by: str = "manager", rows: tuple[str, ...] | None = None) -> str:
    """The draft is sent, with one milestone that no other version has, and a line for it."""
    if rows is None:
        rows = (another(PLANNED, "planned", **OF_THE_DRAFT, key=ANOTHER_KEY), line())
    said = f"state = 'submitted', submitted_by_id = %({by})s, submitted_at = now()"
    return after(*rows, change(VERSION, "draft_version", said))


def approved(by: str = "officer") -> str:
    return change(
        VERSION,
        "draft_version",
        f"state = 'partner_approved', partner_approved_by_id = %({by})s,"
        " partner_approved_at = now()",
    )


IN_FORCE = change(VERSION, "draft_version", "state = 'in_force', in_force_at = now()")
REPLACED = change(VERSION, "version", "state = 'replaced', replaced_at = now()")

heading("Plans")
rule("What a version says stands once it is sent.", change(LINE, "line", "amount = 1"), "is fixed")
rule("No row is added to it.", another(LINE, "line", position=99), "is fixed")
rule("Nor taken away.", delete(LINE, "line"), "is fixed")
rule(
    "What was sent keeps its aim.",
    change(VERSION, "version", "aim = 'Another one'"),
    "is written when the state becomes “submitted”",
)
rule(
    "A line of days is worth days times rate.",
    after(OTHER_MILESTONE, line(amount="1.00")),
    "a_planned_line_is_days_times_rate",
)
rule(
    "A line has no negative rate.",
    after(OTHER_MILESTONE, line(rate="-480.00", amount="-2400.00")),
    "a_budget_line_is_worth_something",
)
rule(
    "It pays for a milestone of its own version.",
    another(LINE, "line", **OF_THE_DRAFT),
    "belongs to another version",
)
rule(
    "Days are planned in quarters.",
    another(PLANNED, "planned", **OF_THE_DRAFT, days="0.30"),
    "a_milestone_takes_quarters_of_days",
)
rule(
    "A milestone takes more than no days.",
    another(PLANNED, "planned", **OF_THE_DRAFT, days="0.00"),
    "a_milestone_takes_quarters_of_days",
)
rule(
    "No plan above its voucher is sent.",
    after(
        OTHER_MILESTONE,
        line(kind="fixed", days=None, rate=None, amount="5000.01"),
        sent(rows=()),
    ),
    "the lines of a plan add up to at most its voucher",
)
rule(
    "Nor one without a milestone.",
    sent(rows=()),
    "a plan that is sent has milestones, each with a line of its budget",
)
rule(
    "Nor a milestone without a line of the budget.",
    sent(rows=(OTHER_MILESTONE,)),
    "a plan that is sent has milestones, each with a line of its budget",
)
rule(
    "Who sent a version does not approve it.",
    after(sent(), approved(by="manager")),
    "submitted_by_and_partner_approved_by_differ",
)
rule(
    "One version is in force.",
    after(sent(), approved(), IN_FORCE),
    "one_version_in_force",
)
rule(
    "Where the call says so, none is in force without a coordinator.",
    after(
        change("vouchers_call", "call", "plans_to_coordinator = true"),
        *(sent(), approved(), REPLACED, IN_FORCE),
    ),
    "a coordinator approves the plans of this call",
)
rule(
    "A milestone that is claimed stays in the plan.",
    after(sent(), approved(), REPLACED, IN_FORCE),
    "what is delivered and accepted stays in the plan",
)
rule(
    "Which version is in force follows from the versions.",
    change("vouchers_plan", "plan", "in_force_id = %(draft_version)s"),
    "kept by the database",
)
rule(
    "What a milestone is worth follows from the version in force.",
    change(MILESTONE, "milestone", "amount = amount + 1"),
    "kept by the database",
)
rule(
    "What is claimed of it follows from its claims.",
    change(MILESTONE, "milestone", "claimed = 0"),
    "kept by the database",
)
rule(
    "No milestone is made but by a version that comes into force.",
    another(MILESTONE, "milestone", number=9),
    "kept by the database",
)
rule("No milestone is deleted.", delete(MILESTONE, "milestone"), CANNOT_DELETE)
rule(
    "A claim names who delivers by the plan in force.",
    claimed_anew(claim={"provider_id": "%(other_provider)s"}),
    "a claim names the provider of the plan in force",
)
