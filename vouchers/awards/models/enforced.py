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
