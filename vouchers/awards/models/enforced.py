"""What PostgreSQL holds of awards and vouchers, as SQL that stands in their triggers."""

# Nobody is bound by what nobody signed, nor by what somebody else did.
NOT_SIGNED = """NOT EXISTS (
    SELECT FROM vouchers_agreementsignature signature
    JOIN vouchers_award award ON award.id = signature.award_id
    WHERE award.id = NEW.award_id AND signature.signed_by_id = award.answered_by_id
)"""

# An agreement asks for a second signature where its call does, and keeps that once signed.
ASKS_UNLIKE_ITS_CALL = """NOT EXISTS (
    SELECT FROM vouchers_award award
    JOIN vouchers_application application ON application.id = award.application_id
    JOIN vouchers_call call ON call.id = application.call_id
    WHERE award.id = NEW.award_id AND call.countersigned = NEW.needs_countersignature
)"""

# Who signs for the programme signs what the cluster signed, word for word.
OTHER_WORDS = """NOT EXISTS (
    SELECT FROM vouchers_agreementsignature signature
    JOIN vouchers_voucher voucher ON voucher.award_id = signature.award_id
    WHERE voucher.id = NEW.voucher_id AND signature.needs_countersignature
        AND signature.sha256 = NEW.sha256
)"""

# Nobody signs for two sides.
SIGNS_FOR_ANOTHER_SIDE = """EXISTS (
    SELECT FROM vouchers_voucher voucher
    JOIN vouchers_award award ON award.id = voucher.award_id
    JOIN vouchers_application application ON application.id = award.application_id
    WHERE voucher.id = NEW.voucher_id AND (
        EXISTS (
            SELECT FROM vouchers_agreementsignature signature
            WHERE signature.award_id = award.id AND signature.signed_by_id = NEW.signed_by_id
        ) OR EXISTS (
            SELECT FROM clusters_representative representative
            WHERE representative.cluster_id = application.cluster_id
                AND representative.user_id = NEW.signed_by_id
        ) OR EXISTS (
            SELECT FROM accounts_rolegrant role
            WHERE role.user_id = NEW.signed_by_id AND role.revoked_at IS NULL
                AND role.role = 'officer' AND role.country_code = application.country_id
        )
    )
)"""

# What was closed, or ended with nothing left to pay, binds nobody any more.
NOTHING_LEFT_TO_BIND = """NOT EXISTS (
    SELECT FROM vouchers_voucher voucher
    WHERE voucher.id = NEW.voucher_id AND (
        voucher.state IN ('active', 'suspended')
        OR voucher.state = 'terminated' AND voucher.released < voucher.amount
    )
)"""


def awaits_countersignature(voucher: str) -> str:
    """SQL: whether the agreement of a voucher (`voucher` finds its key) lacks its second signature."""
    return f"""EXISTS (
        SELECT FROM vouchers_voucher held
        JOIN vouchers_agreementsignature signature ON signature.award_id = held.award_id
        WHERE held.id = {voucher} AND signature.needs_countersignature AND NOT EXISTS (
            SELECT FROM vouchers_countersignature second WHERE second.voucher_id = held.id
        )
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
