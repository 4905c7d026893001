"""What triggers hold of controls, approvals and policies; `SENTENCES_OF_CONTROLS` says it to people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vouchers.payments.models.controlled import controlled_by, keeps_what_is_found, not_sent_back
from vouchers.payments.models.enforced import DONE, claimed_of

_REFUSED = "USING ERRCODE = 'check_violation', CONSTRAINT ="

# A later version is proposed first; the portal's own is in force from the start.
POLICY_IN_ITS_ORDER = """
    NEW.number <> 1 + (SELECT COALESCE(max(number), 0) FROM vouchers_separationpolicy)
    OR (NEW.number > 1 AND (NEW.confirmed_at IS NOT NULL OR NEW.dropped_at IS NOT NULL))
"""

# Whoever approves waits for the row of the claim: of two at the same instant the second is counted
# after the first.
APPROVED_BY_OTHERS = f"""
    SELECT claim.state, claim.control_id, claim.verified_by_id, claim.submitted_by_id, policy.apart
        INTO found FROM vouchers_claim claim
        LEFT JOIN vouchers_separationpolicy policy ON policy.id = claim.policy_id
        WHERE claim.id = NEW.claim_id FOR NO KEY UPDATE OF claim;
    IF {controlled_by("NEW.claim_id", "found.verified_by_id", "NEW.person_id")} THEN
        RAISE EXCEPTION 'control and approval are two people'
            {_REFUSED} 'control_and_approval_are_two_people';
    END IF;
    IF NEW.person_id = found.submitted_by_id AND 'submitter-approver' = ANY(found.apart) THEN
        RAISE EXCEPTION 'the policy of the claim keeps these duties apart'
            {_REFUSED} 'each_step_of_a_claim_has_its_own_person';
    END IF;
    IF found.state IS DISTINCT FROM 'verified' OR NEW.control_id IS DISTINCT FROM found.control_id
        OR NEW.number <> 1 + (
            SELECT count(*) FROM vouchers_claimapproval WHERE control_id = NEW.control_id
        )
    THEN
        RAISE EXCEPTION 'an approval is of a verified claim, in its order'
            {_REFUSED} 'an_approval_is_of_a_verified_claim';
    END IF;
    RETURN NEW;
"""

CONTROLS_ITS_CLAIM = f"""
    SELECT claim.state, claim.continues_id, claim.voucher_id, claim.is_advance INTO found
        FROM vouchers_claim claim WHERE claim.id = NEW.claim_id FOR NO KEY UPDATE;
    IF found.continues_id IS NOT NULL
        OR found.state NOT IN ('submitted', 'sent_back', 'approved', 'ordered', 'paid')
        OR (found.state IN ('submitted', 'sent_back') AND (NEW.further_id IS NOT NULL OR EXISTS (
            SELECT FROM vouchers_control control
            WHERE control.claim_id = NEW.claim_id AND {not_sent_back("control")}
        )))
        OR NEW.number <> 1 + (SELECT count(*) FROM vouchers_control WHERE claim_id = NEW.claim_id)
        OR (NEW.further_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM vouchers_claim further WHERE further.id = NEW.further_id
                AND further.continues_id = NEW.claim_id AND further.state = 'submitted'
        ))
    THEN
        RAISE EXCEPTION 'a claim is controlled once, and what is set aside later'
            {_REFUSED} 'a_control_is_of_a_claim_in_its_order';
    END IF;
    IF EXISTS (
        SELECT FROM vouchers_claim further
        WHERE further.continues_id = NEW.claim_id AND further.state = 'verified'
    ) THEN
        RAISE EXCEPTION 'a part taken in still waits for its approval'
            {_REFUSED} 'one_part_is_taken_in_at_a_time';
    END IF;
    IF found.state IN ('submitted', 'sent_back') AND NOT found.is_advance
        AND NEW.checklist_id IS DISTINCT FROM (
        SELECT checklist.id FROM vouchers_controlchecklist checklist
        JOIN vouchers_application application ON application.call_id = checklist.call_id
        JOIN vouchers_award award ON award.application_id = application.id
        JOIN vouchers_voucher voucher ON voucher.award_id = award.id
        WHERE voucher.id = found.voucher_id ORDER BY checklist.number DESC LIMIT 1
    ) OR jsonb_array_length(NEW.answers) <> COALESCE((
        SELECT jsonb_array_length(questions) FROM vouchers_controlchecklist WHERE id = NEW.checklist_id
    ), 0) THEN
        RAISE EXCEPTION 'a control answers every question of its checklist'
            {_REFUSED} 'a_control_answers_its_checklist';
    END IF;
    RETURN NEW;
"""

# Each control of what was set aside rests on the one that counts: what was paid for stays, what was set
# aside shrinks. One that is done anew finds what it finds.
BELONGS_TO_ITS_CONTROL = f"""
    SELECT control.number, control.claim_id, control.sample_reason, control.further_id, claim.state,
            line.amount, call.error_types
        INTO found FROM vouchers_control control
        JOIN vouchers_claim claim ON claim.id = control.claim_id
        JOIN vouchers_voucher voucher ON voucher.id = claim.voucher_id
        JOIN vouchers_award award ON award.id = voucher.award_id
        JOIN vouchers_application application ON application.id = award.application_id
        JOIN vouchers_call call ON call.id = application.call_id
        JOIN vouchers_claimline line ON line.claim_id = claim.id AND line.id = NEW.line_id
        WHERE control.id = NEW.control_id;
    IF found.claim_id IS NULL OR found.amount <> NEW.amount
        OR found.state NOT IN ('submitted', 'sent_back', 'approved', 'ordered', 'paid')
    THEN
        RAISE EXCEPTION 'a controlled line is a line of the claim, as it was declared'
            {_REFUSED} 'a_controlled_line_is_of_its_claim';
    END IF;
    IF NEW.error_type <> '' AND NOT NEW.error_type = ANY(found.error_types)
        AND found.state IN ('submitted', 'sent_back')
    THEN
        RAISE EXCEPTION 'a call says by which types of error it deducts'
            {_REFUSED} 'an_error_is_of_a_type_of_the_call';
    END IF;
    IF NEW.sampled AND found.sample_reason = '' THEN
        RAISE EXCEPTION 'a sample has its reason' {_REFUSED} 'a_sample_says_why';
    END IF;
    IF found.state NOT IN ('submitted', 'sent_back') THEN
        SELECT line.eligible, line.deducted, line.parked INTO before
            FROM vouchers_controlledline line
            JOIN vouchers_control control ON control.id = line.control_id
            LEFT JOIN vouchers_claim further ON further.id = control.further_id
            WHERE line.line_id = NEW.line_id AND control.number < found.number
                AND {not_sent_back("control")}
                AND (further.id IS NULL OR further.state NOT IN {DONE})
            ORDER BY control.number DESC LIMIT 1;
        IF NEW.eligible < before.eligible OR NEW.deducted < before.deducted
            OR NEW.parked > before.parked
            OR (found.further_id IS NULL AND NEW.eligible <> before.eligible)
            OR (found.further_id IS NOT NULL AND NEW.deducted <> before.deducted)
            OR (found.further_id IS NOT NULL AND NEW.eligible - before.eligible <> COALESCE((
                SELECT sum(amount) FROM vouchers_claimline
                WHERE claim_id = found.further_id AND continues_id = NEW.line_id
            ), 0))
        THEN
            RAISE EXCEPTION 'a later control takes in or refuses what was set aside'
                {_REFUSED} 'a_later_control_decides_on_what_is_parked';
        END IF;
    END IF;
    RETURN NEW;
"""

# Looked at when the transaction ends: by then its lines are there, and its part is verified.
FINDS_EVERY_LINE = f"""
    SELECT claim.state, further.state AS taken_in INTO found
        FROM vouchers_claim claim
        LEFT JOIN vouchers_claim further ON further.id = NEW.further_id
        WHERE claim.id = NEW.claim_id;
    IF (SELECT count(*) FROM vouchers_controlledline WHERE control_id = NEW.id)
        <> (SELECT count(*) FROM vouchers_claimline WHERE claim_id = NEW.claim_id)
        OR (found.state IN ('submitted', 'sent_back')
            AND NOT EXISTS (SELECT FROM vouchers_sentback WHERE control_id = NEW.id))
        OR found.taken_in = 'submitted'
    THEN
        RAISE EXCEPTION 'a control finds something of every line, and its claim is verified'
            {_REFUSED} 'a_control_finds_every_line';
    END IF;
    RETURN NULL;
"""

KEEPS_WHAT_IS_FOUND = f"""
    SELECT claim_id INTO controlled FROM vouchers_control WHERE id = NEW.control_id;
    SELECT milestone_id INTO target FROM vouchers_claimline WHERE id = NEW.line_id;
    {keeps_what_is_found("controlled")}
    UPDATE vouchers_milestone SET claimed = {claimed_of("target")} WHERE id = target;
    RETURN NEW;
"""

# Of an approval and a sending back at the same instant the second waits for the claim's row.
SENT_BACK_BY_OTHERS = f"""
    SELECT claim.state, claim.control_id, claim.continues_id, claim.verified_by_id,
            claim.submitted_by_id, policy.apart
        INTO found FROM vouchers_claim claim
        LEFT JOIN vouchers_separationpolicy policy ON policy.id = claim.policy_id
        WHERE claim.id = NEW.claim_id FOR NO KEY UPDATE OF claim;
    IF {controlled_by("NEW.claim_id", "found.verified_by_id", "NEW.sent_by_id")} THEN
        RAISE EXCEPTION 'control and approval are two people'
            {_REFUSED} 'who_controlled_sends_nothing_back';
    END IF;
    IF NEW.sent_by_id = found.submitted_by_id AND 'submitter-approver' = ANY(found.apart) THEN
        RAISE EXCEPTION 'the policy of the claim keeps these duties apart'
            {_REFUSED} 'each_step_of_a_claim_has_its_own_person';
    END IF;
    IF found.state IS DISTINCT FROM 'verified' OR found.continues_id IS NOT NULL
        OR NEW.control_id IS DISTINCT FROM found.control_id
    THEN
        RAISE EXCEPTION 'the control in force is sent back, before the claim is approved'
            {_REFUSED} 'a_control_is_sent_back_before_the_approval';
    END IF;
    RETURN NEW;
"""

# Looked at when the transaction ends.
IS_CONTROLLED_ANEW = f"""
    IF EXISTS (SELECT FROM vouchers_claim WHERE control_id = NEW.control_id) THEN
        RAISE EXCEPTION 'a claim whose control was sent back is controlled anew'
            {_REFUSED} 'a_control_sent_back_is_done_anew';
    END IF;
    RETURN NULL;
"""

COUNTS_NO_MORE = f"""
    {keeps_what_is_found("NEW.claim_id")}
    RETURN NEW;
"""

REMARK_OF_ITS_CLAIM = f"""
    IF NOT EXISTS (
        SELECT FROM vouchers_sentback sent
        JOIN vouchers_claim claim ON claim.id = sent.claim_id AND claim.control_id = sent.control_id
        JOIN vouchers_claimline line ON line.claim_id = sent.claim_id AND line.id = NEW.line_id
        WHERE sent.id = NEW.sent_back_id
    ) THEN
        RAISE EXCEPTION 'a remark is on a line of the claim, and written with its sending back'
            {_REFUSED} 'a_remark_is_of_its_claim';
    END IF;
    RETURN NEW;
"""

SENTENCES_OF_CONTROLS = {
    "one_part_is_taken_in_at_a_time": _(
        "A part of this claim that was taken in still waits for its approval: decide on that first."
    ),
    "a_control_is_of_a_claim_in_its_order": _(
        "Somebody has just done something with this claim: please look at it again."
    ),
    "a_control_answers_its_checklist": _(
        "The checklist was changed a moment ago: please answer its questions again."
    ),
    "an_error_is_of_a_type_of_the_call": _("Choose a type of error of the call’s list."),
    "a_sample_says_why": _("Say why these lines were looked at in depth."),
}
