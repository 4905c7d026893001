"""Suspensions and early ends of vouchers, and what is released of them."""

from .statements import CANNOT_DELETE, WITHDRAWN, after, another, change, delete, heading, rule

SUSPENSION, ENDING = "vouchers_suspension", "vouchers_ending"
VOUCHER, CALL = "vouchers_voucher", "vouchers_call"
NOTICE = (
    "state = 'notice', decided_by_id = %({by})s, decided_at = now(), notice_at = now(),"
    " claims_until = ends_on + 30"
)
DONE = after(
    change(ENDING, "ending", NOTICE.format(by="coordinator")),
    change(ENDING, "ending", "state = 'done', done_at = now()"),
)
ENDED = (
    "state = 'terminated', ended_on = (SELECT ends_on FROM vouchers_ending WHERE id = %(ending)s),"
    " claims_until = (SELECT claims_until FROM vouchers_ending WHERE id = %(ending)s)"
)

heading("Suspensions")
rule(
    "The cluster does not suspend its voucher.",
    another(SUSPENSION, "suspension", set_by_id="%(manager)s"),
    "is suspended by an officer of the country or a coordinator",
)
rule(
    "Nor does an officer of another country.",
    another(SUSPENSION, "suspension", set_by_id="%(officer_elsewhere)s"),
    "is suspended by an officer of the country or a coordinator",
)
rule(
    "No suspension without a reason.",
    another(SUSPENSION, "suspension", reason=""),
    "a_suspension_has_a_reason",
)
rule(
    "It is looked at again on a day that is ahead.",
    another(SUSPENSION, "suspension", review_on="2020-01-01"),
    "a_suspension_is_looked_at_again",
)
rule(
    "It is over once.",
    change(SUSPENSION, "suspension", "resumed_on = resumed_on + 1"),
    "is written once",
)
rule(
    "A voucher rests while a suspension stands, and not without one.",
    change(VOUCHER, "voucher", "state = 'suspended'"),
    "is suspended while a suspension stands",
)
RESTS = after(
    another(SUSPENSION, "suspension", resumed_on=None, resumed_by_id=None, resumed_at=None),
    change(VOUCHER, "voucher", "state = 'suspended'"),
)
rule(
    "Nor does it go on while one stands.",
    after(RESTS, change(VOUCHER, "voucher", "state = 'active'")),
    "is suspended while a suspension stands",
)
rule(
    "Meanwhile nothing is handed in.",
    after(
        RESTS,
        another(
            "vouchers_deliverable",
            "deliverable",
            state="submitted",
            cluster_accepted_by_id=None,
            cluster_accepted_at=None,
            accepted_by_id=None,
            accepted_at=None,
        ),
    ),
    "The voucher is suspended",
)
rule(
    "Nor claimed.",
    after(RESTS, another("vouchers_claim", "open_claim", number=9)),
    "is claimed while it is active",
)
rule("It is never deleted.", delete(SUSPENSION, "suspension"), CANNOT_DELETE)

heading("Early ends")
rule(
    "Nobody decides on what they proposed.",
    after(
        change(
            ENDING,
            "ending",
            "state = 'refused', decided_by_id = %(coordinator)s, decided_at = now(), answer = 'No'",
        ),
        another(ENDING, "ending", state="proposed", proposed_by_id="%(coordinator)s"),
        f"UPDATE vouchers_ending SET {NOTICE.format(by='coordinator')} WHERE id = 999999999",
    ),
    "an_ending_has_four_eyes",
)
rule(
    "A coordinator decides, and no officer.",
    change(ENDING, "ending", NOTICE.format(by="officer")),
    "is decided by a coordinator",
)
rule(
    "Nor who has a conflict of interest.",
    change(ENDING, "ending", NOTICE.format(by="recused")),
    "is decided by a coordinator",
)
rule(
    "The programme ends none undecided.",
    change(ENDING, "ending", "state = 'notice', notice_at = now(), claims_until = ends_on + 30"),
    "an_ending_by_the_programme_is_decided",
)
rule(
    "The notice of the call runs whole.",
    after(
        change(CALL, "call", "notice_days = 300"),
        change(ENDING, "ending", NOTICE.format(by="coordinator")),
    ),
    "is given the notice of its call",
)
rule(
    "No end without a reason.",
    another(ENDING, "ending", reason="  "),
    "an_ending_has_a_reason",
)
rule("One is under way at a time.", another(ENDING, "ending"), "one_ending_stands")
rule(
    "An officer does not give up in place of the cluster.",
    another(ENDING, "ending", kind="given_up"),
    "is given up by a manager of its cluster",
)
rule(
    "Its days stand once notice is given.",
    after(
        change(ENDING, "ending", NOTICE.format(by="coordinator")),
        change(ENDING, "ending", "ends_on = ends_on + 1"),
    ),
    "stand once it is given",
)
rule(
    "None lapses unwarned.",
    after(
        change(CALL, "call", "unused_days = 1"),
        change(
            ENDING,
            "ending",
            "state = 'refused', decided_by_id = %(coordinator)s, decided_at = now(), answer = 'No'",
        ),
        another(ENDING, "ending", state="proposed", kind="lapsed", proposed_by_id=None),
        f"UPDATE vouchers_ending SET {NOTICE.format(by='coordinator')} WHERE id = 999999999",
    ),
    "after two warnings",
)
rule(
    "What was taken back says why.",
    after(
        change(ENDING, "ending", NOTICE.format(by="coordinator")),
        change(
            ENDING,
            "ending",
            "state = 'revoked', revoked_by_id = %(coordinator)s, revoked_at = now()",
        ),
    ),
    "who_goes_back_on_an_ending_says_why",
)
rule("It is never deleted.", delete(ENDING, "ending"), CANNOT_DELETE)
rule(
    "No voucher ends early without it.",
    change(VOUCHER, "voucher", ENDED),
    "ends early by an ending that was decided",
)
rule(
    "Nothing is released of a voucher that goes on.",
    after(WITHDRAWN, change(VOUCHER, "voucher", "released = 1")),
    "only_what_has_ended_is_released",
)
rule(
    "What is approved is not released.",
    after(WITHDRAWN, DONE, change(VOUCHER, "voucher", f"{ENDED}, released = amount")),
    "approved_claims_stay_within_the_voucher",
)
rule(
    "Nor what is claimed and not decided on.",
    after(DONE, change(VOUCHER, "voucher", f"{ENDED}, released = amount - approved")),
    "is claimed of a voucher and not decided on yet is not released",
)
rule(
    "What is released is not taken back.",
    after(
        WITHDRAWN,
        DONE,
        change(VOUCHER, "voucher", f"{ENDED}, released = 100"),
        change(VOUCHER, "voucher", "released = 99"),
    ),
    "is not taken back",
)
