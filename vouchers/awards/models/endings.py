"""What the database holds of a voucher that is extended, suspended or ends before it is used up."""

from __future__ import annotations

import pgtrigger
from django.db.models import F, Q

from conduct.models.guards import Guard, OwnersTrigger, refuses

# What is released is the call's again at once; the place of the country only where nothing of it was
# used and the call lets the reserve list have it. Both counters carry their CHECKs.
_GIVE_BACK = """
    UPDATE vouchers_call SET committed = committed - (NEW.released - OLD.released)
        FROM vouchers_award award, vouchers_application application
        WHERE award.id = NEW.award_id AND application.id = award.application_id
            AND vouchers_call.id = application.call_id;
    IF NEW.released = NEW.amount AND NEW.state = 'terminated' THEN
        UPDATE vouchers_countryquota SET awarded = awarded - 1
            FROM vouchers_award award, vouchers_application application, vouchers_call call
            WHERE award.id = NEW.award_id AND application.id = award.application_id
                AND call.id = application.call_id AND call.offers_again_after_ending
                AND vouchers_countryquota.call_id = application.call_id
                AND vouchers_countryquota.country_id = application.country_id;
    END IF;
    RETURN NEW;
"""

_LATER_WITHOUT_EXTENSION = """
    NEW.valid_until > OLD.valid_until AND NOT EXISTS (
        SELECT FROM vouchers_extension extension
        WHERE extension.voucher_id = NEW.id AND extension.state = 'granted'
            AND extension.until = NEW.valid_until
    )
"""
# What both signed says until when the voucher lasts: both sign that it lasts longer.
_LATER_WITHOUT_AMENDMENT = """
    NEW.valid_until > OLD.valid_until AND EXISTS (
        SELECT FROM vouchers_agreementsignature signature
        WHERE signature.award_id = NEW.award_id AND signature.needs_countersignature
    ) AND NOT EXISTS (
        SELECT FROM vouchers_amendment amendment
        JOIN vouchers_extension extension ON extension.id = amendment.extension_id
        WHERE amendment.voucher_id = NEW.id AND amendment.state = 'in_force'
            AND extension.state = 'granted' AND extension.until = NEW.valid_until
    )
"""
_ENDED_WITHOUT_ENDING = """
    NEW.state = 'terminated' AND OLD.state <> 'terminated' AND NOT EXISTS (
        SELECT FROM vouchers_ending ending
        WHERE ending.voucher_id = NEW.id AND ending.state = 'done'
            AND ending.ends_on = NEW.ended_on AND ending.claims_until = NEW.claims_until
    )
"""
_RESTS_UNLIKE_ITS_SUSPENSIONS = """
    (NEW.state = 'suspended') <> EXISTS (
        SELECT FROM vouchers_suspension suspension
        WHERE suspension.voucher_id = NEW.id AND suspension.resumed_on IS NULL
    ) AND OLD.state <> NEW.state
"""

# What was claimed and nobody has decided on (EUR), as vouchers.endings.queries.under_way says it: claims
# that still may be approved, and what is set aside of approved ones. Who claims waits for the voucher's
# row, so that of a claim and a release at the same instant the second finds the first.
_UNDECIDED = """
    COALESCE((
        SELECT sum(CASE WHEN claim.state IN ('submitted', 'sent_back', 'verified') THEN claim.amount
            WHEN claim.continues_id IS NULL AND claim.state IN ('approved', 'ordered', 'paid')
            THEN claim.parked ELSE 0 END)
        FROM vouchers_claim claim WHERE claim.voucher_id = NEW.id
    ), 0)
"""

# As vouchers.payments.models.enforced.DONE says it.
_DONE = "('returned', 'withdrawn', 'rejected')"


# What is out of the advances of a voucher: asked for or paid, not cleared, not demanded back.
def advanced_of(voucher: str) -> str:
    """SQL: what stands of the advances of the `voucher` (EUR)."""
    return f"""(
        SELECT COALESCE(sum(claim.amount - COALESCE((
            SELECT sum(clearing.amount) FROM vouchers_clearing clearing
            WHERE clearing.advance_id = claim.id AND clearing.undone_at IS NULL
        ), 0) - COALESCE((
            SELECT sum(correction.amount) FROM vouchers_correction correction
            WHERE correction.claim_id = claim.id AND correction.state NOT IN ('proposed', 'refused')
        ), 0)), 0) FROM vouchers_claim claim
        WHERE claim.voucher_id = {voucher} AND claim.is_advance AND claim.state NOT IN {_DONE}
    )"""


ENDING_CONSTRAINTS = (
    (Q(released__gte=0), "nothing_is_taken_back_from_a_release"),
    (
        Q(released=0) | Q(state__in=["terminated", "closed"]),
        "only_what_has_ended_is_released",
    ),
    (
        ~Q(state="terminated") | Q(ended_on__isnull=False, claims_until__gte=F("ended_on")),
        "an_early_end_has_its_days",
    ),
)


def of_endings() -> list[pgtrigger.Trigger]:
    """What ties a voucher to its extensions, suspensions and its early end."""
    return [
        OwnersTrigger(
            name="gives_back_what_is_released",
            when=pgtrigger.After,
            operation=pgtrigger.UpdateOf("released"),
            condition=pgtrigger.Condition("OLD.released IS DISTINCT FROM NEW.released"),
            func=_GIVE_BACK,
        ),
        refuses(
            "released_for_good",
            pgtrigger.Update,
            "NEW.released < OLD.released",
            "What is released of a voucher is not taken back.",
        ),
        refuses(
            "keeps_what_is_claimed",
            pgtrigger.Update,
            f"NEW.released > OLD.released AND {_UNDECIDED}"
            " > GREATEST(NEW.amount - NEW.approved - NEW.released, 0)",
            "What is claimed of a voucher and not decided on yet is not released.",
        ),
        refuses(
            "is_closed_once_all_is_decided",
            pgtrigger.Update,
            f"NEW.state = 'closed' AND OLD.state <> 'closed' AND {_UNDECIDED} > 0",
            "A voucher is closed once everything that was claimed of it is decided on.",
        ),
        # Who asks for an advance waits for the voucher's row: of both at once the second finds the first.
        refuses(
            "is_closed_once_advances_are_cleared",
            pgtrigger.Update,
            f"NEW.state = 'closed' AND OLD.state <> 'closed' AND {advanced_of('NEW.id')} > 0",
            "A voucher is closed once its advances are cleared or demanded back.",
        ),
        refuses(
            "lasts_as_long_as_granted",
            pgtrigger.Update,
            _LATER_WITHOUT_EXTENSION,
            "The end of a voucher moves by an extension that is granted.",
        ),
        refuses(
            "lasts_longer_as_both_signed",
            pgtrigger.Update,
            _LATER_WITHOUT_AMENDMENT,
            "The end of a voucher whose agreement both sides sign moves by an amendment in force.",
        ),
        refuses(
            "ends_as_decided",
            pgtrigger.Update,
            _ENDED_WITHOUT_ENDING,
            "A voucher ends early by an ending that was decided and carried out.",
        ),
        refuses(
            "rests_as_decided",
            pgtrigger.Update,
            _RESTS_UNLIKE_ITS_SUSPENSIONS,
            "A voucher is suspended while a suspension stands.",
        ),
    ]


def not_while_suspended(
    voucher: str,
    *,
    operation: pgtrigger.Operation = pgtrigger.Insert,
    where: str = "TRUE",
) -> Guard:
    """No such row is written while the voucher (the SQL `voucher` finds its key) is suspended."""
    return refuses(
        "not_while_suspended",
        operation,
        f"{where} AND EXISTS (SELECT FROM vouchers_voucher v WHERE v.id = {voucher}"
        " AND v.state = 'suspended')",
        "The voucher is suspended: nothing of this kind is written for it.",
    )


def looks_after_nothing_of_it(person: str) -> str:
    """SQL: whether a person neither is an officer of the country of the row's voucher nor coordinates,
    or is shut out of it by a conflict of interest.
    """
    return _holds_no_role(
        person, "(g.role = 'coordinator' OR g.role = 'officer' AND g.country_code = p.country_id)"
    )


def coordinates_nothing_of_it(person: str, voucher: str = "NEW.voucher_id") -> str:
    """SQL: whether a person does not coordinate, or is shut out of the voucher (of the row)."""
    return _holds_no_role(person, "g.role = 'coordinator'", voucher)


def _holds_no_role(person: str, role: str, voucher: str = "NEW.voucher_id") -> str:
    return f"""
    NOT EXISTS (
        SELECT FROM vouchers_voucher v
        JOIN vouchers_award a ON a.id = v.award_id
        JOIN vouchers_application p ON p.id = a.application_id
        JOIN accounts_rolegrant g ON g.user_id = {person} AND g.revoked_at IS NULL
            AND {role}
        WHERE v.id = {voucher} AND NOT EXISTS (
            SELECT FROM vouchers_recusal x
            WHERE x.application_id = p.id AND x.person_id = {person}
        )
    )
    """
