"""Approvals by amount, and the policy of separations."""

from tests.integrity.rules.statements import (
    CANNOT_DELETE,
    NEITHER,
    NOW,
    after,
    another,
    approval,
    carried_to,
    change,
    controlled,
    delete,
    heading,
    moved,
    rule,
    verified,
)

from .paying import in_a_batch, of_the_next, out_with_the_bank

POLICY = "vouchers_separationpolicy"

heading("Approvals by amount, and the policy of separations")
rule(
    "Nobody approves what they controlled, whatever the policy says.",
    after(*carried_to("verified"), approval(by="officer")),
    "control and approval are two people",
)
rule(
    "Nor is it written so.",
    after(*carried_to("verified"), approval(), moved("approved", "officer")),
    "a claim is approved by as many people as its sum needs",
)
rule(
    "Nobody approves twice.",
    after(*carried_to("verified"), approval(), approval(number=2)),
    "nobody_approves_a_claim_twice",
)
rule(
    "Approvals have their order.",
    after(*carried_to("verified"), approval(number=2)),
    "an approval is of a verified claim, in its order",
)
rule(
    "Only what is controlled is approved.",
    approval(),
    "an approval is of a verified claim, in its order",
)
rule(
    "The call says how many approve a sum: no fewer.",
    after(
        change("vouchers_call", "call", "two_approvals_above = 0"), controlled(), verified(needed=1)
    ),
    "the call says how many approve this sum",
)
rule(
    "And without all of them nothing is approved.",
    after(
        change("vouchers_call", "call", "two_approvals_above = 0"),
        controlled(),
        verified(needed=2),
        approval(),
        moved("approved", "coordinator"),
    ),
    "a claim is approved by as many people as its sum needs",
)
rule(
    "An open call asks for no fewer approvals than it said.",
    after(
        change("vouchers_call", "open_call", "two_approvals_above = 100"),
        change("vouchers_call", "open_call", "two_approvals_above = 1000"),
    ),
    "no sum is approved by fewer people than it says",
)
rule(
    "Three approve above a larger sum than two.",
    change("vouchers_call", "call", "two_approvals_above = 5, three_approvals_above = 5"),
    "approvals_rise_with_the_sum",
)
rule(
    "A call deducts by types of error that are known.",
    change("vouchers_call", "call", "error_types = '{mood}'"),
    "types_of_error_are_known",
)
rule("An approval stands.", change("vouchers_claimapproval", "approval", "number = 2"), NEITHER)
rule("It is not deleted.", delete("vouchers_claimapproval", "approval"), NEITHER)
rule(
    "The policy of a claim is the one in force.",
    after(
        controlled(),
        verified(policy="NULL"),
    ),
    "a claim is controlled under the policy in force",
)
rule(
    "And stays with it.",
    after(*carried_to("verified"), change("vouchers_claim", "open_claim", "policy_id = NULL")),
    "is written when the state becomes",
)
# All but the step of the claim itself.
AT_THE_BANK = out_with_the_bank()[:-1]
rule(
    "Who controlled a claim does not order its payment.",
    after(*AT_THE_BANK, moved("ordered", "officer")),
    "the policy of the claim keeps these duties apart",
)
rule(
    "Nor does who approved it.",
    after(*AT_THE_BANK, moved("ordered", "coordinator")),
    "the policy of the claim keeps these duties apart",
)
rule(
    "Nor does either record what the bank paid.",
    after(*out_with_the_bank(), moved("paid", "coordinator")),
    "the policy of the claim keeps these duties apart",
)
rule(
    "Who submitted a claim does not sign its batch.",
    after(*in_a_batch(), of_the_next("first_by_id = %(manager)s, first_at = now()")),
    "the policy of a claim keeps its signatory apart",
)
NEXT = {
    "number": 2,
    "reason": "x",
    "proposed_by_id": "%(coordinator)s",
    "confirmed_by_id": None,
    "confirmed_at": None,
}
rule(
    "No policy goes below the floor.",
    another(POLICY, "policy", **NEXT, apart=["submitter-controller"]),
    "a_policy_keeps_the_floor",
)
rule(
    "None is in force when it is proposed.",
    another(POLICY, "policy", **{**NEXT, "confirmed_at": NOW}),
    "A policy is the next version",
)
rule(
    "Nobody puts in force what they proposed.",
    after(
        another(POLICY, "policy", **NEXT),
        f"UPDATE {POLICY} SET confirmed_by_id = proposed_by_id, confirmed_at = now()"
        " WHERE id = 999999999",
    ),
    "a_second_person_confirms_a_policy",
)
rule(
    "It says why.",
    another(POLICY, "policy", **{**NEXT, "reason": ""}),
    "a_policy_says_who_proposed_it_and_why",
)
rule(
    "One waits at a time.",
    after(
        another(POLICY, "policy", **NEXT),
        another(POLICY, "policy", **{**NEXT, "id": 999_999_998, "number": 3}),
    ),
    "one_policy_waits_at_a_time",
)
rule("A policy stands.", change(POLICY, "policy", "apart = '{}'"), "never changes")
rule("It is not deleted.", delete(POLICY, "policy"), CANNOT_DELETE)
