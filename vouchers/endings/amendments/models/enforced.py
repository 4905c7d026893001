"""What PostgreSQL holds of amendments, as SQL that stands in their triggers."""

# Only what both signed is amended by both, and only while it goes on.
NOTHING_TO_AMEND = """NOT EXISTS (
    SELECT FROM vouchers_voucher voucher
    JOIN vouchers_agreementsignature signature ON signature.award_id = voucher.award_id
    JOIN vouchers_countersignature second ON second.voucher_id = voucher.id
    WHERE voucher.id = NEW.voucher_id AND signature.needs_countersignature
        AND voucher.state IN ('active', 'suspended')
)"""
ANOTHER_NUMBER = """NEW.number <> 1 + (
    SELECT count(*) FROM vouchers_amendment other
    WHERE other.voucher_id = NEW.voucher_id AND other.state = 'in_force'
)"""
EXTENSION_OF_ANOTHER = """NEW.extension_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM vouchers_extension extension
    WHERE extension.id = NEW.extension_id AND extension.voucher_id = NEW.voucher_id
        AND extension.state = 'agreed'
)"""
CHANGES_NOTHING = """NEW.state = 'signed' AND OLD.state <> 'signed' AND NEW.extension_id IS NULL
    AND NOT EXISTS (
        SELECT FROM vouchers_amendedarticle article WHERE article.amendment_id = NEW.id
    )"""


# Who signed is judged when the signature is written (below): here that there is one.
NOT_SIGNED_BY_THE_CLUSTER = """NEW.state = 'signed' AND OLD.state <> 'signed' AND NOT EXISTS (
    SELECT FROM vouchers_amendmentsignature signed
    WHERE signed.amendment_id = NEW.id AND signed.side = 'cluster'
)"""
NOT_SIGNED_BY_BOTH = """NEW.state = 'in_force' AND OLD.state <> 'in_force' AND NOT EXISTS (
    SELECT FROM vouchers_amendmentsignature signed
    WHERE signed.amendment_id = NEW.id AND signed.side = 'programme'
)"""
# Looked at when everything is written: the end moves by the amendment, and with it.
NOT_AS_SIGNED = """
    IF NEW.state = 'in_force' AND NEW.extension_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM vouchers_extension extension
        JOIN vouchers_voucher voucher ON voucher.id = extension.voucher_id
        WHERE extension.id = NEW.extension_id AND extension.state = 'granted'
            AND voucher.valid_until >= extension.until
    ) THEN
        RAISE EXCEPTION 'The more time that an amendment in force brings is granted with it.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
"""
VOUCHER_OF_THE_SIGNATURE = (
    "(SELECT held.voucher_id FROM vouchers_amendment held WHERE held.id = NEW.amendment_id)"
)
_OF_THE_SIGNATURE = """FROM vouchers_amendment amendment
    JOIN vouchers_voucher voucher ON voucher.id = amendment.voucher_id
    JOIN vouchers_award award ON award.id = voucher.award_id
    JOIN vouchers_application application ON application.id = award.application_id"""


def _signed_an_amendment_for(side: str) -> str:
    return f"""EXISTS (
            SELECT FROM vouchers_amendment other
            JOIN vouchers_amendmentsignature signature ON signature.amendment_id = other.id
            WHERE other.voucher_id = voucher.id AND signature.side = '{side}'
                AND signature.signed_by_id = NEW.signed_by_id
        )"""


# A manager of the cluster, who never stood on the side of the programme under this agreement.
SIGNED_BY_NO_MANAGER = f"""NEW.side = 'cluster' AND NOT EXISTS (
    SELECT {_OF_THE_SIGNATURE}
    JOIN clusters_representative manager ON manager.cluster_id = application.cluster_id
    WHERE amendment.id = NEW.amendment_id AND manager.level = 'manager'
        AND manager.user_id = NEW.signed_by_id AND amendment.drawn_up_by_id <> NEW.signed_by_id
        AND NOT {_signed_an_amendment_for("programme")} AND NOT EXISTS (
            SELECT FROM vouchers_countersignature second
            WHERE second.voucher_id = voucher.id AND second.signed_by_id = NEW.signed_by_id
        )
)"""
# A second person of the programme; whoever once signed for the cluster stays on its side.
SIGNED_BY_ANOTHER_SIDE = f"""NEW.side = 'programme' AND EXISTS (
    SELECT {_OF_THE_SIGNATURE}
    WHERE amendment.id = NEW.amendment_id AND (
        amendment.drawn_up_by_id = NEW.signed_by_id OR award.answered_by_id = NEW.signed_by_id
        OR {_signed_an_amendment_for("cluster")} OR EXISTS (
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
# Each side signs in its turn, and both the same words.
OUT_OF_TURN = """NOT EXISTS (
    SELECT FROM vouchers_amendment amendment WHERE amendment.id = NEW.amendment_id
        AND amendment.state = CASE NEW.side WHEN 'cluster' THEN 'drawn_up' ELSE 'signed' END
)"""
ANOTHER_TEXT = """NEW.sha256 <> encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex')
    OR NEW.side = 'programme' AND NOT EXISTS (
        SELECT FROM vouchers_amendmentsignature first
        WHERE first.amendment_id = NEW.amendment_id AND first.side = 'cluster'
            AND first.sha256 = NEW.sha256
    )"""
