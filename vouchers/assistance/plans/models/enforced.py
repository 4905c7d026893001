"""What triggers enforce of plans where no constraint can; `ENFORCED` says it in words."""

from __future__ import annotations

import pgtrigger
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import OwnersTrigger
from vouchers.assistance.plans.rules.days import HOURS_PER_DAY

# Nobody sends, approves or puts in force more than the voucher is worth.
WITHIN_THE_VOUCHER = """
    IF (
        SELECT COALESCE(sum(amount), 0) FROM vouchers_budgetline WHERE version_id = NEW.id
    ) > (
        SELECT voucher.amount FROM vouchers_plan plan
            JOIN vouchers_voucher voucher ON voucher.id = plan.voucher_id
            WHERE plan.id = NEW.plan_id
    ) THEN
        RAISE EXCEPTION 'the lines of a plan add up to at most its voucher' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_plan_stays_within_its_voucher';
    END IF;
    RETURN NEW;
"""

# A plan of nothing is none: each milestone has a cost by which it is claimed.
SAYS_WHAT_IS_DONE = """
    IF NOT EXISTS (SELECT FROM vouchers_plannedmilestone WHERE version_id = NEW.id) OR EXISTS (
        SELECT FROM vouchers_plannedmilestone planned
        WHERE planned.version_id = NEW.id AND NOT EXISTS (
            SELECT FROM vouchers_budgetline line WHERE line.milestone_id = planned.id
        )
    ) THEN
        RAISE EXCEPTION 'a plan that is sent has milestones, each with a line of its budget' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_plan_says_what_is_done';
    END IF;
    RETURN NEW;
"""

# Who approves a page that was left open approves what they did not read.
ONLY_THE_NEWEST = """
    IF EXISTS (
        SELECT FROM vouchers_planversion later
        WHERE later.plan_id = NEW.plan_id AND later.number > NEW.number
    ) THEN
        RAISE EXCEPTION 'only the newest version of a plan is approved' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'only_the_newest_version_is_approved';
    END IF;
    RETURN NEW;
"""

# Whether a coordinator approves too is said by the call.
AS_THE_CALL_SAYS = """
    IF NEW.coordinator_approved_by_id IS NULL AND (
        SELECT call.plans_to_coordinator FROM vouchers_plan plan
            JOIN vouchers_voucher voucher ON voucher.id = plan.voucher_id
            JOIN vouchers_award award ON award.id = voucher.award_id
            JOIN vouchers_application application ON application.id = award.application_id
            JOIN vouchers_call call ON call.id = application.call_id
            WHERE plan.id = NEW.plan_id
    ) THEN
        RAISE EXCEPTION 'a coordinator approves the plans of this call' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_plan_is_approved_as_its_call_says';
    END IF;
    RETURN NEW;
"""

# What deliverables and claims refer to says what the version in force says, and lasts over versions.
# Those that are not in it any more are marked, not deleted.
MILESTONES_FOLLOW = """
    UPDATE vouchers_plan SET in_force_id = NEW.id WHERE id = NEW.plan_id;
    UPDATE vouchers_milestone SET removed_in_id = NEW.id
        WHERE plan_id = NEW.plan_id AND removed_in_id IS NULL AND NOT EXISTS (
            SELECT FROM vouchers_plannedmilestone kept
            WHERE kept.version_id = NEW.id AND kept.key = vouchers_milestone.key
        );
    FOR planned IN
        SELECT one.*, (
            SELECT COALESCE(sum(line.amount), 0) FROM vouchers_budgetline line
            WHERE line.milestone_id = one.id
        ) AS worth
        FROM vouchers_plannedmilestone one WHERE one.version_id = NEW.id ORDER BY one.position
    LOOP
        UPDATE vouchers_milestone SET position = planned.position, title = planned.title,
                due_on = planned.due_on, days = planned.days, who = planned.who,
                amount = planned.worth, removed_in_id = NULL
            WHERE plan_id = NEW.plan_id AND key = planned.key;
        IF NOT FOUND THEN
            INSERT INTO vouchers_milestone (
                plan_id, key, number, position, title, due_on, days, who, amount, claimed
            ) SELECT NEW.plan_id, planned.key, COALESCE(max(number), 0) + 1, planned.position,
                planned.title, planned.due_on, planned.days, planned.who, planned.worth, 0
                FROM vouchers_milestone WHERE plan_id = NEW.plan_id;
        END IF;
    END LOOP;
    RETURN NEW;
"""

WHAT_IS_ACCEPTED_STAYS = """
    IF NEW.removed_in_id IS NOT NULL AND EXISTS (
        SELECT FROM vouchers_deliverable WHERE milestone_id = NEW.id AND state = 'accepted'
    ) THEN
        RAISE EXCEPTION 'what is delivered and accepted stays in the plan' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'an_accepted_milestone_stays';
    END IF;
    RETURN NEW;
"""

# Up to what the plan says and what the call bears above it, whether more is claimed or less planned.
BEARS_WHAT_IS_CLAIMED = """
    IF NEW.claimed > round(NEW.amount * (
        SELECT 100 + call.claim_tolerance FROM vouchers_plan plan
            JOIN vouchers_voucher voucher ON voucher.id = plan.voucher_id
            JOIN vouchers_award award ON award.id = voucher.award_id
            JOIN vouchers_application application ON application.id = award.application_id
            JOIN vouchers_call call ON call.id = application.call_id
            WHERE plan.id = NEW.plan_id
    ) / 100, 2) THEN
        RAISE EXCEPTION 'a milestone bears what is claimed of it' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_milestone_bears_what_is_claimed';
    END IF;
    RETURN NEW;
"""

# Days on which somebody worked stand: an amendment leaves each milestone what its sessions took.
WHAT_IS_WORKED_STAYS = f"""
    IF (
        SELECT COALESCE(sum(hours), 0) FROM vouchers_session
        WHERE milestone_id = NEW.id AND state IN ('logged', 'confirmed')
    ) > (CASE WHEN NEW.removed_in_id IS NOT NULL THEN 0 ELSE NEW.days * {HOURS_PER_DAY} * (
        SELECT 100 + call.session_tolerance FROM vouchers_plan plan
            JOIN vouchers_voucher voucher ON voucher.id = plan.voucher_id
            JOIN vouchers_award award ON award.id = voucher.award_id
            JOIN vouchers_application application ON application.id = award.application_id
            JOIN vouchers_call call ON call.id = application.call_id
            WHERE plan.id = NEW.plan_id
    ) / 100 END) THEN
        RAISE EXCEPTION 'a milestone keeps the days of its sessions' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_milestone_keeps_its_sessions';
    END IF;
    RETURN NEW;
"""

SENTENCES_OF_VERSIONS = {
    "a_plan_stays_within_its_voucher": _(
        "The lines of the plan add up to more than the voucher is worth."
    ),
    "a_plan_says_what_is_done": _(
        "A plan has at least one milestone, and each milestone a line of the budget."
    ),
    "only_the_newest_version_is_approved": _(
        "There is a newer version of this plan: please read that one."
    ),
    "a_plan_is_approved_as_its_call_says": _(
        "In this call a coordinator approves the plan as well."
    ),
}
SENTENCES_OF_MILESTONES = {
    "an_accepted_milestone_stays": _(
        "A milestone that is delivered and accepted stays in the plan."
    ),
    "a_milestone_bears_what_is_claimed": _(
        "More is claimed of a milestone than it would be worth then."
    ),
    "a_milestone_keeps_its_sessions": _(
        "More days are logged of a milestone than this version plans for it."
    ),
}


def on_its_way() -> list[pgtrigger.Trigger]:
    """What is looked at when a version is sent, approved, or comes into force."""
    return [
        _moving(
            "stays_within_its_voucher",
            WITHIN_THE_VOUCHER,
            pgtrigger.Q(new__state__in=["submitted", "in_force"]),
        ),
        _moving("says_what_is_done", SAYS_WHAT_IS_DONE, pgtrigger.Q(new__state="submitted")),
        _moving(
            "only_the_newest_is_approved",
            ONLY_THE_NEWEST,
            pgtrigger.Q(new__state__in=["partner_approved", "in_force"]),
        ),
        _moving("approved_as_the_call_says", AS_THE_CALL_SAYS, pgtrigger.Q(new__state="in_force")),
        OwnersTrigger(
            name="the_milestones_follow",
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(new__state="in_force") & _HAS_MOVED,
            declare=[("planned", "RECORD")],
            func=MILESTONES_FOLLOW,
        ),
    ]


_HAS_MOVED = pgtrigger.Q(new__state__df=pgtrigger.F("old__state"))


def _moving(name: str, func: str, to: pgtrigger.Q) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=to & _HAS_MOVED,
        func=func,
    )


def of_its_version(column: str, table: str) -> str:
    """The SQL cause to refuse a row that refers to a row of another version."""
    return (
        f"NEW.{column} IS NOT NULL AND NOT EXISTS (SELECT FROM {table} other"
        f" WHERE other.id = NEW.{column} AND other.version_id = NEW.version_id)"
    )
