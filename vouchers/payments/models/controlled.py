"""What holds of a claim that is controlled and approved; the rows of it are those of `control`.

A claim of a part that was set aside (`continues`) asks nothing new: it takes lines of an earlier claim
further, and is paid as any other.
"""

from __future__ import annotations

import pgtrigger
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import OwnersTrigger, refuses
from vouchers.payments.control.rules.separations import Duty, pair

from .enforced import DONE

# Which duty is done by which column, when a claim moves on.
_COLUMNS = {
    Duty.CONTROLLER: "verified_by_id",
    Duty.PROPOSER: "ordered_by_id",
    Duty.BOOKER: "paid_by_id",
}


def not_sent_back(control: str) -> str:
    """SQL: whether no approver sent the `control` (an alias) back."""
    return f"NOT EXISTS (SELECT FROM vouchers_sentback WHERE control_id = {control}.id)"


def controlled_by(claim: str, verified_by: str, person: str) -> str:
    """SQL: whether the `person` made the control in force of the `claim`, or one that was sent back."""
    return f"""({person} = {verified_by} OR EXISTS (
        SELECT FROM vouchers_sentback sent JOIN vouchers_control earlier ON earlier.id = sent.control_id
        WHERE sent.claim_id = {claim} AND earlier.made_by_id = {person}
    ))"""


def _did(duty: Duty, person: str) -> str:
    """SQL: whether the `person` did the duty for the claim NEW."""
    if duty == Duty.SUBMITTER:
        return f"{person} = NEW.submitted_by_id"
    if duty == Duty.CONTROLLER:
        return controlled_by("NEW.id", "NEW.verified_by_id", person)
    if duty == Duty.APPROVER:
        return (
            "EXISTS (SELECT FROM vouchers_claimapproval WHERE claim_id = NEW.id"
            f" AND person_id = {person})"
        )
    return f"{person} = NEW.{_COLUMNS[duty]}"


_BROKEN = " OR ".join(
    f"('{pair(earlier, duty)}' = ANY(apart) AND {_did(earlier, f'NEW.{column}')})"
    for duty, column in _COLUMNS.items()
    for earlier in (Duty.SUBMITTER, Duty.CONTROLLER, Duty.APPROVER, Duty.PROPOSER)
    if list(Duty).index(earlier) < list(Duty).index(duty)
)
KEEPS_TO_ITS_POLICY = f"""
    SELECT policy.apart INTO apart FROM vouchers_separationpolicy policy
        WHERE policy.id = NEW.policy_id;
    IF {_BROKEN} THEN
        RAISE EXCEPTION 'the policy of the claim keeps these duties apart' USING
            ERRCODE = 'check_violation',
            CONSTRAINT = 'each_step_of_a_claim_has_its_own_person';
    END IF;
    IF {_did(Duty.APPROVER, "NEW.verified_by_id")} THEN
        RAISE EXCEPTION 'who approved a control that was sent back makes none' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'who_approved_does_not_control';
    END IF;
    RETURN NEW;
"""

# The policy in force, the control of the same person, and as many approvals as the whole sum needs:
# what is taken in later counts with what was eligible before.
IS_CONTROLLED = """
    SELECT control.id, control.made_by_id, CASE WHEN NEW.is_advance THEN NEW.amount ELSE (
            SELECT sum(line.eligible) FROM vouchers_controlledline line
            WHERE line.control_id = control.id
        ) END AS whole
        INTO found FROM vouchers_control control
        WHERE control.id = NEW.control_id AND NOT EXISTS (
            SELECT FROM vouchers_sentback WHERE control_id = control.id
        ) AND CASE WHEN NEW.continues_id IS NULL
            THEN control.claim_id = NEW.id AND control.further_id IS NULL
            ELSE control.further_id = NEW.id END;
    IF found.id IS NULL OR found.made_by_id <> NEW.verified_by_id
        OR NEW.eligible <>
            (CASE WHEN NEW.continues_id IS NULL THEN found.whole ELSE NEW.amount END)
    THEN
        RAISE EXCEPTION 'a verified claim is what its control found eligible' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_claim_is_what_its_control_found';
    END IF;
    IF NEW.policy_id IS DISTINCT FROM (
        SELECT id FROM vouchers_separationpolicy WHERE confirmed_at IS NOT NULL
        ORDER BY number DESC LIMIT 1
    ) THEN
        RAISE EXCEPTION 'a claim is controlled under the policy in force' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_claim_is_under_the_policy_in_force';
    END IF;
    IF NEW.approvals_needed IS DISTINCT FROM (
        SELECT 1 + (found.whole > COALESCE(call.two_approvals_above, found.whole))::int
            + (found.whole > COALESCE(call.three_approvals_above, found.whole))::int
        FROM vouchers_voucher voucher
        JOIN vouchers_award award ON award.id = voucher.award_id
        JOIN vouchers_application application ON application.id = award.application_id
        JOIN vouchers_call call ON call.id = application.call_id
        WHERE voucher.id = NEW.voucher_id
    ) THEN
        RAISE EXCEPTION 'the call says how many approve this sum' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_claim_needs_the_approvals_of_its_sum';
    END IF;
    RETURN NEW;
"""

HAS_ITS_APPROVALS = """
    IF NEW.approvals_needed > (
        SELECT count(*) FROM vouchers_claimapproval WHERE control_id = NEW.control_id
    ) OR NOT EXISTS (
        SELECT FROM vouchers_claimapproval
        WHERE control_id = NEW.control_id AND person_id = NEW.approved_by_id
    ) THEN
        RAISE EXCEPTION 'a claim is approved by as many people as its sum needs' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_claim_has_its_approvals';
    END IF;
    RETURN NEW;
"""

# What was taken in later stands on what was there before: it goes back first.
NOTHING_RESTS_ON_IT = f"""
    IF EXISTS (
        SELECT FROM vouchers_control later
        JOIN vouchers_control control ON control.claim_id = later.claim_id
            AND later.number > control.number
        LEFT JOIN vouchers_claim further ON further.id = later.further_id
        WHERE control.id = NEW.control_id AND (further.id IS NULL OR further.state NOT IN {DONE})
    ) THEN
        RAISE EXCEPTION 'a later control stands on this claim' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'nothing_was_decided_on_the_parked_part';
    END IF;
    RETURN NEW;
"""

# Of the same voucher and payee as what it continues, which was approved.
CONTINUES_A_CLAIM = """
    IF NOT EXISTS (
        SELECT FROM vouchers_claim earlier
        WHERE earlier.id = NEW.continues_id AND earlier.voucher_id = NEW.voucher_id
            AND earlier.provider_id = NEW.provider_id AND earlier.continues_id IS NULL
            AND earlier.submitted_by_id = NEW.submitted_by_id
            AND earlier.state IN ('approved', 'ordered', 'paid')
    ) OR NOT EXISTS (
        SELECT FROM vouchers_voucher WHERE id = NEW.voucher_id AND state IN ('active', 'terminated')
    ) THEN
        RAISE EXCEPTION 'a part set aside continues an approved claim of the voucher' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_further_claim_continues_another';
    END IF;
    RETURN NEW;
"""

# The control that counts: the newest that was not sent back, and whose taken-in part was not given back.
_STANDING = f"""(
    SELECT control.id FROM vouchers_control control
    LEFT JOIN vouchers_claim further ON further.id = control.further_id
    WHERE control.claim_id = %s AND (further.id IS NULL OR further.state NOT IN {DONE})
        AND {not_sent_back("control")}
    ORDER BY control.number DESC LIMIT 1
)"""


def keeps_what_is_found(claim: str) -> str:
    """SQL: the sums of the `claim` follow from the control that counts."""
    standing = _STANDING % claim
    return f"""
    UPDATE vouchers_claim SET deducted = found.deducted, parked = found.parked
        FROM (
            SELECT COALESCE(sum(line.deducted), 0) AS deducted, COALESCE(sum(line.parked), 0) AS parked
            FROM vouchers_controlledline line WHERE line.control_id = {standing}
        ) found WHERE vouchers_claim.id = {claim};
    """


_OF_ITS_CONTROL = (
    *("control_id", "verified_by_id", "verified_at"),
    *("eligible", "policy_id", "approvals_needed"),
)
_SAYS_SOMETHING = " OR ".join(f"NEW.{column} IS NOT NULL" for column in _OF_ITS_CONTROL)
_SAYS_ANOTHER = " OR ".join(
    f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in _OF_ITS_CONTROL
)


def of_its_control() -> list[pgtrigger.Trigger]:
    """What ties a claim to its control, its approvals and the policy in force."""
    return [
        refuses(
            "written_on_verified",
            pgtrigger.Insert | pgtrigger.Update,
            f"""CASE WHEN TG_OP = 'INSERT' THEN {_SAYS_SOMETHING}
                WHEN OLD.state = NEW.state THEN {_SAYS_ANOTHER}
                WHEN NEW.state = 'verified' THEN FALSE
                WHEN NEW.state = 'sent_back' THEN {_SAYS_SOMETHING}
                ELSE {_SAYS_ANOTHER} END""",
            "control, verified_by, verified_at, eligible, policy, approvals_needed is written when the"
            " state becomes “verified”, and stands then unless the control is sent back.",
        ),
        refuses(
            "sent_back_by_an_approver",
            pgtrigger.UpdateOf("state"),
            "NEW.state = 'sent_back' AND OLD.state = 'verified' AND NOT EXISTS"
            " (SELECT FROM vouchers_sentback WHERE control_id = OLD.control_id)",
            "A claim goes back to its controller with the reason of an approver.",
        ),
        pgtrigger.Trigger(
            name="is_controlled",
            when=pgtrigger.Before,
            operation=pgtrigger.UpdateOf("state"),
            condition=pgtrigger.Q(new__state="verified"),
            declare=[("found", "RECORD")],
            func=IS_CONTROLLED,
        ),
        pgtrigger.Trigger(
            name="keeps_to_its_policy",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange("verified_by", "ordered_by", "paid_by"),
            declare=[("apart", "text[]")],
            func=KEEPS_TO_ITS_POLICY,
        ),
        # By its name it comes after what looks at the payee.
        pgtrigger.Trigger(
            name="without_approvals_it_waits",
            when=pgtrigger.Before,
            operation=pgtrigger.UpdateOf("state"),
            condition=pgtrigger.Q(old__state="verified", new__state="approved"),
            func=HAS_ITS_APPROVALS,
        ),
        pgtrigger.Trigger(
            name="gives_later_parts_back_first",
            when=pgtrigger.Before,
            operation=pgtrigger.UpdateOf("state"),
            condition=pgtrigger.Q(new__state="returned"),
            func=NOTHING_RESTS_ON_IT,
        ),
        pgtrigger.Trigger(
            name="continues_an_approved_claim",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            condition=pgtrigger.Q(new__continues__isnull=False),
            func=CONTINUES_A_CLAIM,
        ),
        OwnersTrigger(
            name="then_sets_aside_again",
            when=pgtrigger.After,
            operation=pgtrigger.UpdateOf("state"),
            condition=pgtrigger.Q(new__continues__isnull=False, new__state="returned"),
            func=f"{keeps_what_is_found('NEW.continues_id')} RETURN NEW;",
        ),
    ]


SENTENCES_OF_CONTROL = {
    "each_step_of_a_claim_has_its_own_person": _("You took an earlier step of this claim."),
    "a_claim_is_under_the_policy_in_force": _(
        "Another policy of separations is in force since a moment ago: please look at the claim again."
    ),
    "who_approved_does_not_control": _(
        "You approved an earlier control of this claim: somebody else controls it."
    ),
    "a_claim_has_its_approvals": _("More people have to approve this sum."),
    "nothing_was_decided_on_the_parked_part": _(
        "What was set aside of this claim was decided on since: give that back first."
    ),
}
