"""The double-entry ledger: accounts, entries with their legs, seals, closed periods, history."""

from tests.integrity.rules.statements import (
    CANNOT_DELETE,
    DENIED,
    NEITHER,
    after,
    another,
    carried_to,
    change,
    delete,
    entry,
    heading,
    legs,
    rule,
)

ENTRY, LEG, ACCOUNT = "vouchers_ledgerentry", "vouchers_ledgerleg", "vouchers_ledgeraccount"
PERIOD, EARLIER = "vouchers_closedperiod", "vouchers_earliermoney"


heading("The ledger")
rule("An entry is never changed.", change(ENTRY, "entry", "day = day + 1"), NEITHER)
rule("Nor deleted.", delete(ENTRY, "entry"), NEITHER)
rule("Nor emptied away.", f"TRUNCATE {ENTRY} CASCADE", DENIED)
rule("A leg is never changed.", change(LEG, "leg", "credit = 1"), NEITHER)
rule("Nor deleted.", delete(LEG, "leg"), NEITHER)
rule(
    "What an account holds follows from its legs.",
    change(ACCOUNT, "committed", "debits = debits + 1"),
    "kept by the database",
)
rule(
    "It begins with nothing.",
    another(ACCOUNT, "committed"),
    "kept by the database",
)
rule(
    "An account belongs to its voucher for good.",
    change(ACCOUNT, "payable", "kind = 'bank'"),
    "never changes",
)
rule(
    "It bears the reference of its voucher.",
    another(ACCOUNT, "committed", reference="SUV-1", debits=0, credits=0),
    "bears the reference of its voucher",
)
rule("An account is not deleted.", delete(ACCOUNT, "payable"), CANNOT_DELETE)
rule(
    "The head of a chain follows from its entries.",
    "UPDATE vouchers_ledgerhead SET number = 0",
    "kept by the database",
)
rule(
    "A leg debits or credits, and more than nothing.",
    legs("committed", "payable", "0"),
    "a_leg_debits_or_credits",
)
rule(
    "No leg is added to an entry that is sealed.",
    legs("committed", "payable", entry=0).replace("VALUES (0,", "VALUES (%(entry)s,"),
    "sealed has no further legs",
)
rule(
    "No leg stands without an entry.",
    legs("committed", "payable", "1.00"),
    "foreign key constraint",
)
rule(
    "No more is approved than the voucher has left.",
    legs("committed", "payable", "5000.00"),
    "a_voucher_bears_what_is_approved",
)
rule(
    "No more is ordered than is payable.",
    legs("payable", "in_transit", "0.01"),
    "only_what_is_payable_is_ordered",
)
rule(
    "No more is booked than is in transit.",
    legs("in_transit", "payable", "0.01"),
    "only_what_is_ordered_is_booked",
)
rule(
    "No more is committed than the call has.",
    legs("available", "committed", "99999999.00"),
    "a_call_commits_what_it_has",
)
for says, kind, accounts in (
    ("An entry goes the way of its kind.", "approval", ("available", "committed")),
    ("And no other.", "release", ("committed", "payable")),
):
    rule(
        says,
        after(legs(*accounts, "1.00"), entry(kind)),
        "between the accounts of its kind",
    )
rule(
    "The debits of an entry equal its credits.",
    after(
        *carried_to("approved"),
        f"INSERT INTO {LEG} (entry_id, account_id, credit, debit)"
        " VALUES (999999999, %(committed)s, 1, 0)",
        f"INSERT INTO {LEG} (entry_id, account_id, credit, debit)"
        " VALUES (999999999, %(payable)s, 0, %(open_amount)s)",
        entry("approval", "%(open_claim)s"),
    ),
    "debits of an entry equal its credits",
)
rule(
    "Nothing is entered that no claim says.",
    after(legs("committed", "payable", "1.00"), entry("approval")),
    "an entry states the amount of its claim",
)
rule(
    "A claim that is not approved has no approval.",
    after(legs("committed", "payable", "%(open_amount)s"), entry("approval", "%(open_claim)s")),
    "an entry states the amount of its claim",
)
rule(
    "The approval of an approved claim states the amount of the claim.",
    after(
        *carried_to("approved"),
        legs("committed", "payable", "1.00"),
        entry("approval", "%(open_claim)s"),
    ),
    "an entry states the amount of its claim",
)
rule(
    "A reversal takes the whole of an approval back.",
    after(
        *carried_to("approved"),
        legs("committed", "payable", "%(open_amount)s", 999_999_998),
        another(ENTRY, "entry", id=999_999_998, source_id="%(open_claim)s"),
        legs("payable", "committed", "1.00"),
        entry("reversal", "%(open_claim)s"),
    ),
    "an entry states the amount of its claim",
)
rule(
    "Nothing is entered twice.",
    after(
        legs("available", "committed", "5000.00"),
        entry("award", "%(award)s", source_type="award", part=1),
    ),
    "one_entry_per_source_and_kind",
)
rule(
    "What is released in the ledger is what the voucher releases.",
    after(
        legs("committed", "available", "1.00"),
        entry("release", "%(voucher)s", source_type="voucher"),
    ),
    "what the voucher releases",
)
rule(
    "What an award commits is what it is worth.",
    after(legs("available", "committed", "1.00"), entry("award", "%(award)s", source_type="award")),
    "the amount of its award",
)
rule(
    "An award that stands is not withdrawn.",
    after(
        legs("committed", "available", "1.00"),
        entry("withdrawal", "%(award)s", source_type="award"),
    ),
    "the amount of its award",
)
rule(
    "Nothing is dated in a closed period.",
    after(
        *carried_to("approved"),
        legs("committed", "payable", "%(open_amount)s"),
        entry("approval", "%(open_claim)s", part=1, day="2020-01-01"),
    ),
    "nothing is dated in a closed period",
)
rule("A closed period stays closed.", delete(PERIOD, "period"), NEITHER)
rule("It is not moved.", change(PERIOD, "period", "ends_on = ends_on - 1"), NEITHER)
rule(
    "Periods are closed in their order.",
    after(
        another("vouchers_periodproposal", "closing", ends_on="2020-01-01"),
        another(PERIOD, "period", ends_on="2020-01-01", proposal_id=999_999_999),
    ),
    "a period is closed in its order",
)
rule(
    "And only once they are over.",
    after(
        another("vouchers_periodproposal", "closing", ends_on="2100-01-01"),
        another(PERIOD, "period", ends_on="2100-01-01", proposal_id=999_999_999),
    ),
    "a period is closed in its order",
)

heading("Money of earlier rounds")
rule("It stands as it was taken in.", change(EARLIER, "earlier", "amount = 1"), "never changes")
rule("It is not deleted.", delete(EARLIER, "earlier"), CANNOT_DELETE)
rule("It is entered once.", another(EARLIER, "earlier"), "earlier_money_is_entered_once")
rule("It is something.", another(EARLIER, "earlier", amount="0.00"), "earlier_money_is_something")
rule(
    "It says what shows it.",
    another(EARLIER, "earlier", reason=""),
    "earlier_money_says_what_shows_it",
)
rule(
    "It is taken back by somebody, for a reason.",
    change(EARLIER, "earlier", "taken_back_at = now()"),
    "earlier_money_is_taken_back_for_a_reason",
)
