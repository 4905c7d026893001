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


def _signed_by(side: str) -> str:
    return f"""(SELECT signed.signed_by_id FROM vouchers_amendmentsignature signed
        WHERE signed.amendment_id = NEW.id AND signed.side = '{side}')"""


FOR_THE_PROGRAMME = _signed_by("programme")

# A manager of the cluster, as it is when it is signed.
NOT_SIGNED_BY_THE_CLUSTER = f"""NEW.state = 'signed' AND OLD.state <> 'signed' AND NOT EXISTS (
    SELECT FROM vouchers_voucher voucher
    JOIN vouchers_award award ON award.id = voucher.award_id
    JOIN vouchers_application application ON application.id = award.application_id
    JOIN clusters_representative manager ON manager.cluster_id = application.cluster_id
    WHERE voucher.id = NEW.voucher_id AND manager.level = 'manager'
        AND manager.user_id = {_signed_by("cluster")}
)"""
# In force is what a second person of the programme signed; nobody signs for two sides.
NOT_SIGNED_BY_ANOTHER = f"""NEW.state = 'in_force' AND OLD.state <> 'in_force' AND (
    {FOR_THE_PROGRAMME} IS NULL OR {FOR_THE_PROGRAMME} = NEW.drawn_up_by_id OR EXISTS (
        SELECT FROM vouchers_voucher voucher
        JOIN vouchers_award award ON award.id = voucher.award_id
        JOIN vouchers_application application ON application.id = award.application_id
        LEFT JOIN clusters_representative representative
            ON representative.cluster_id = application.cluster_id
            AND representative.user_id = {FOR_THE_PROGRAMME}
        LEFT JOIN accounts_rolegrant role
            ON role.user_id = {FOR_THE_PROGRAMME} AND role.revoked_at IS NULL
            AND role.role = 'officer' AND role.country_code = application.country_id
        WHERE voucher.id = NEW.voucher_id
            AND (representative.id IS NOT NULL OR role.id IS NOT NULL)
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
