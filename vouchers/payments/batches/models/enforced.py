"""What triggers hold of batches; `SENTENCES_OF_BATCHES` says it to people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vouchers.payments.models.controlled import controlled_by

_REFUSED = "USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT ="

# The account that was proposed is the one that stands, verified and usable, when a second person
# authorises and when the file is made. Whoever changes it meanwhile waits, or is found.
ACCOUNTS_STAND = f"""
    IF NEW.state <> OLD.state AND NEW.state IN ('authorised', 'exported') THEN
        PERFORM FROM vouchers_provideraccount account
            JOIN vouchers_paymentorder payment ON payment.account_id = account.id
            WHERE payment.batch_id = NEW.id ORDER BY account.id FOR SHARE OF account;
        IF EXISTS (
            SELECT FROM vouchers_paymentorder payment
            JOIN vouchers_provideraccount account ON account.id = payment.account_id
            WHERE payment.batch_id = NEW.id AND (
                account.replaced_at IS NOT NULL OR account.verified_at IS NULL
                OR account.usable_from > clock_timestamp()
            )
        ) THEN
            RAISE EXCEPTION 'an account was changed since it was proposed'
                {_REFUSED} 'a_batch_goes_to_accounts_that_stand';
        END IF;
    END IF;
    RETURN NEW;
"""

# Cancelling asks for nothing of the profile; what is with the bank already is told by the bank.
PROFILE_STANDS = f"""
    IF TG_OP = 'INSERT' OR (NEW.state <> OLD.state AND NEW.state IN ('authorised', 'exported')) THEN
        SELECT verified_at, replaced_at INTO found FROM vouchers_bankprofile
            WHERE id = NEW.profile_id FOR SHARE;
        IF found.verified_at IS NULL OR found.replaced_at IS NOT NULL THEN
            RAISE EXCEPTION 'the profile of the bank is not verified, or replaced'
                {_REFUSED} 'a_batch_is_paid_from_a_verified_profile';
        END IF;
    END IF;
    RETURN NEW;
"""

# A state after the export is what has become of the payments.
PAYMENTS_SAY_SO = f"""
    IF NEW.state = OLD.state THEN
        RETURN NEW;
    END IF;
    SELECT count(*) FILTER (WHERE state = 'sent') AS outside,
            count(*) FILTER (WHERE state = 'paid') AS paid,
            count(*) FILTER (WHERE state = 'returned') AS returned
        INTO found FROM vouchers_paymentorder WHERE batch_id = NEW.id;
    IF (NEW.state = 'partly' AND (found.paid = 0 OR found.outside = 0))
        OR (NEW.state = 'settled' AND found.outside > 0)
        OR (NEW.state = 'settled' AND found.paid = 0 AND OLD.state <> 'partly')
        OR (NEW.state = 'cancelled' AND found.paid + found.outside > 0)
        OR (NEW.state = 'exported'
            AND NOT EXISTS (SELECT FROM vouchers_batchfile WHERE batch_id = NEW.id))
    THEN
        RAISE EXCEPTION 'the state of a batch is what its payments and its file say'
            {_REFUSED} 'a_batch_says_what_its_payments_say';
    END IF;
    RETURN NEW;
"""

FILE_OF_ITS_BATCH = """
    NOT EXISTS (
        SELECT FROM vouchers_paymentbatch WHERE id = NEW.batch_id AND state = 'authorised'
    )
"""

HAS_ITS_HASH = f"""
    IF NEW.sha256 <> encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'a file has its hash' {_REFUSED} 'a_file_has_its_hash';
    END IF;
    RETURN NEW;
"""

# Whoever signs is kept apart as the policies of its claims say; proposer and signatories are, always.
SIGNED_AS_CLAIMS_SAY = f"""
    IF EXISTS (
        SELECT FROM vouchers_paymentorder payment
        JOIN vouchers_claim claim ON claim.id = payment.claim_id
        JOIN vouchers_separationpolicy policy ON policy.id = claim.policy_id
        CROSS JOIN LATERAL (VALUES (NEW.first_by_id), (NEW.second_by_id)) AS signed (by_id)
        WHERE payment.batch_id = NEW.id AND (
            ('submitter-signatory' = ANY(policy.apart) AND claim.submitted_by_id = signed.by_id)
            OR ('controller-signatory' = ANY(policy.apart)
                AND {controlled_by("claim.id", "claim.verified_by_id", "signed.by_id")})
            OR ('approver-signatory' = ANY(policy.apart) AND EXISTS (
                SELECT FROM vouchers_claimapproval
                WHERE claim_id = claim.id AND person_id = signed.by_id
            ))
        )
    ) THEN
        RAISE EXCEPTION 'the policy of a claim keeps its signatory apart'
            {_REFUSED} 'a_batch_is_signed_as_its_claims_say';
    END IF;
    RETURN NEW;
"""

SENTENCES_OF_BATCHES = {
    "a_batch_is_signed_as_its_claims_say": _(
        "You took an earlier step of a claim of this batch: somebody else authorises it."
    ),
    "a_batch_goes_to_accounts_that_stand": _(
        "The account of a payee was changed since the batch was proposed, or is not verified: nothing "
        "leaves. Cancel the batch, and propose the payments anew once the account is verified."
    ),
    "a_batch_is_paid_from_a_verified_profile": _(
        "The profile of the bank is not verified, or was replaced by another: propose the payments "
        "anew, from one that stands."
    ),
    "a_batch_says_what_its_payments_say": _(
        "Somebody has just recorded something of this batch: please look at it again."
    ),
    "a_batch_comes_to_its_sum": _("The batch does not come to the sum of its payments."),
}
