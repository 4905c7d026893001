"""What PostgreSQL holds of awards and vouchers, as SQL that stands in their triggers."""

# Nobody is bound by what nobody signed, nor by what somebody else did.
NOT_SIGNED = """NOT EXISTS (
    SELECT FROM vouchers_agreementsignature signature
    JOIN vouchers_award award ON award.id = signature.award_id
    WHERE award.id = NEW.award_id AND signature.signed_by_id = award.answered_by_id
)"""

# A voucher is what an accepted award gives, no more.
NOT_AS_AWARDED = """NOT EXISTS (
    SELECT FROM vouchers_award award
    WHERE award.id = NEW.award_id AND award.state = 'accepted' AND award.amount = NEW.amount
)"""

# A day for answering moves by an extension alone, which says why.
MOVED_WITHOUT_EXTENSION = """NEW.accept_by <> OLD.accept_by AND NOT EXISTS (
    SELECT FROM vouchers_awardextension extension
    WHERE extension.award_id = NEW.id AND extension.was = OLD.accept_by
        AND extension.until = NEW.accept_by
)"""

# While nobody has answered, from the day that holds, and no longer than assistance may run.
EXTENDED_OUT_OF_PLACE = """NOT EXISTS (
    SELECT FROM vouchers_award award
    JOIN vouchers_application application ON application.id = award.application_id
    JOIN vouchers_call call ON call.id = application.call_id
    WHERE award.id = NEW.award_id AND award.state = 'offered' AND award.accept_by = NEW.was
        AND NEW.until <= call.assistance_ends
)"""

# Where the cluster is paid, it has said to which account before anything is promised to it.
NEEDS_ACCOUNT = """
    IF EXISTS (
        SELECT FROM vouchers_award award
        JOIN vouchers_application application ON application.id = award.application_id
        JOIN vouchers_call call ON call.id = application.call_id
        WHERE award.id = NEW.award_id AND call.way_of_use = 'cluster' AND NOT EXISTS (
            SELECT FROM clusters_bankaccount account
            WHERE account.cluster_id = application.cluster_id AND account.replaced_at IS NULL
        )
    ) THEN
        RAISE EXCEPTION 'a cluster that is paid says where' USING
            ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_paid_cluster_has_an_account';
    END IF;
    RETURN NEW;
"""
