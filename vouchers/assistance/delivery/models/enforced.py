"""What triggers enforce of sessions where no constraint can; `ENFORCED` says it in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vouchers.assistance.delivery.rules.hours import HOURS_PER_DAY
from vouchers.calls.models.terms.counting import COUNTED

# A milestone that an amendment changes at the same instant waits for its row, or is waited for. A
# contract is never changed: an amendment of the plan for more time lets work go on after its end.
WITHIN_PLAN_AND_VOUCHER = f"""
    PERFORM FROM vouchers_milestone WHERE id = NEW.milestone_id FOR NO KEY UPDATE;
    SELECT milestone.removed_in_id, milestone.days, milestone.plan_id, plan.voucher_id,
            voucher.valid_from, voucher.valid_until, call.session_tolerance,
            (NEW.logged_at AT TIME ZONE country.time_zone)::date AS logged_on,
            (
                SELECT (min(version.in_force_at) AT TIME ZONE country.time_zone)::date
                FROM vouchers_planversion version WHERE version.plan_id = plan.id
            ) AS begun_on
        INTO found
        FROM vouchers_milestone milestone
            JOIN vouchers_plan plan ON plan.id = milestone.plan_id
            JOIN vouchers_voucher voucher ON voucher.id = plan.voucher_id
            JOIN vouchers_award award ON award.id = voucher.award_id
            JOIN vouchers_application application ON application.id = award.application_id
            JOIN vouchers_call call ON call.id = application.call_id
            JOIN clusters_country country ON country.code = application.country_id
        WHERE milestone.id = NEW.milestone_id;
    IF found.voucher_id <> NEW.voucher_id THEN
        RAISE EXCEPTION 'a session is of the voucher of its milestone' USING
            ERRCODE = 'check_violation',
            CONSTRAINT = 'a_session_is_of_its_milestones_voucher';
    END IF;
    IF found.removed_in_id IS NOT NULL THEN
        RAISE EXCEPTION 'a session is of a milestone in force' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_session_is_of_a_milestone_in_force';
    END IF;
    IF NEW.day > found.logged_on THEN
        RAISE EXCEPTION 'a session is logged once it was held' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_session_is_logged_once_it_was_held';
    END IF;
    IF NEW.day < found.valid_from OR NEW.day > found.valid_until THEN
        RAISE EXCEPTION 'a session lies within its voucher' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_session_lies_within_its_voucher';
    END IF;
    IF EXISTS (
        SELECT FROM vouchers_suspension suspension
        WHERE suspension.voucher_id = NEW.voucher_id AND NEW.day >= suspension.since
            AND (suspension.resumed_on IS NULL OR NEW.day < suspension.resumed_on)
    ) THEN
        RAISE EXCEPTION 'a session lies outside suspensions' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_session_lies_outside_suspensions';
    END IF;
    IF found.begun_on IS NULL OR NEW.day < found.begun_on THEN
        RAISE EXCEPTION 'a session comes after its plan' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_session_comes_after_its_plan';
    END IF;
    IF EXISTS (
        SELECT FROM vouchers_contract contract
        WHERE contract.voucher_id = NEW.voucher_id AND contract.provider_id = NEW.provider_id
            AND (NEW.day < contract.starts_on OR NEW.day > contract.ends_on AND NOT EXISTS (
                SELECT FROM vouchers_planversion version
                WHERE version.plan_id = found.plan_id AND version.amendment = 'extension'
                    AND version.in_force_at > contract.entered_at
            ))
    ) THEN
        RAISE EXCEPTION 'a session lies within its contract' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_session_lies_within_its_contract';
    END IF;
    IF NEW.hours + (
        SELECT COALESCE(sum(hours), 0) FROM vouchers_session
        WHERE milestone_id = NEW.milestone_id AND id IS DISTINCT FROM NEW.id
            AND state IN ('logged', 'confirmed')
    ) > found.days * {HOURS_PER_DAY} * (100 + found.session_tolerance) / 100 THEN
        RAISE EXCEPTION 'sessions stay within the days of their milestone' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'sessions_stay_within_their_milestone';
    END IF;
    RETURN NEW;
"""

# The sessions of one expert on one day are ordered by a lock of both, over all vouchers. Triggers run
# in the order of their names, so that all lock the milestone first.
ONE_DAY_A_DAY = f"""
    PERFORM pg_advisory_xact_lock(hashtext(NEW.expert_email), NEW.day - DATE '2000-01-01');
    IF NEW.hours + (
        SELECT COALESCE(sum(hours), 0) FROM vouchers_session
        WHERE expert_email = NEW.expert_email AND day = NEW.day AND id IS DISTINCT FROM NEW.id
            AND state IN ('logged', 'confirmed')
    ) > {HOURS_PER_DAY} THEN
        RAISE EXCEPTION 'an expert works at most one day a day' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'an_expert_works_one_day_a_day';
    END IF;
    RETURN NEW;
"""

# A count that the call does not ask for is empty; one that it requires is not.
_COUNTS = "".join(
    f"""
    IF found.count_{name} = 'no' AND NEW.{name} IS NOT NULL
            OR found.count_{name} = 'required' AND NEW.{name} IS NULL THEN
        RAISE EXCEPTION 'a session counts what its call asks for' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_session_counts_what_is_asked';
    END IF;"""
    for name in COUNTED
)
COUNTS_WHAT_IS_ASKED = f"""
    SELECT call.* INTO found
        FROM vouchers_voucher voucher
            JOIN vouchers_award award ON award.id = voucher.award_id
            JOIN vouchers_application application ON application.id = award.application_id
            JOIN vouchers_call call ON call.id = application.call_id
        WHERE voucher.id = NEW.voucher_id;{_COUNTS}
    RETURN NEW;
"""

SENTENCES_OF_SESSIONS = {
    "a_session_is_of_its_milestones_voucher": _("This milestone is of another voucher."),
    "a_session_is_of_a_milestone_in_force": _(
        "An amendment took this milestone out of the plan. Choose one that is in force."
    ),
    "a_session_is_logged_once_it_was_held": _(
        "This day is still ahead: a session is logged once it was held."
    ),
    "a_session_lies_within_its_voucher": _("The voucher is not valid on this day."),
    "a_session_lies_outside_suspensions": _(
        "The voucher was suspended on this day: nothing is worked for it then."
    ),
    "a_session_comes_after_its_plan": _(
        "On this day the plan was not in force yet: nothing before it can be paid."
    ),
    "a_session_lies_within_its_contract": _(
        "The contract with the provider does not run on this day."
    ),
    "sessions_stay_within_their_milestone": _(
        "With this session the milestone would take more days than are planned. "
        "The plan must be amended first."
    ),
    "a_session_counts_what_is_asked": _(
        "A session counts those participants that its call asks for."
    ),
    "an_expert_works_one_day_a_day": _(
        "With this session the expert would work more than one day (8 hours) on this date, "
        "counted over all vouchers."
    ),
}
