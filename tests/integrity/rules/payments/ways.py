"""Who is paid by the way of use of a call; advances, and what clears them; final exchange rates."""

from tests.integrity.rules.statements import (
    after,
    another,
    carried_to,
    change,
    heading,
    new_claim,
    new_invoice,
    rule,
)

from .paying import NEXT_BATCH, NEXT_ORDER

heading("Ways of use")
rule(
    "The way of an open call never changes.",
    change("vouchers_call", "open_call", "way_of_use = 'cluster'"),
    "who pays the provider, and what is advanced, is fixed",
)
rule(
    "Nor what it advances.",
    change("vouchers_call", "open_call", "advance_share = 10"),
    "who pays the provider, and what is advanced, is fixed",
)
rule(
    "A claim goes the way of its call.",
    new_claim(way="cluster", cluster_id="%(other_cluster)s"),
    "a claim pays whom its call says",
)
rule(
    "And has the payee of its way.",
    new_claim(cluster_id="%(other_cluster)s"),
    "a_claim_has_the_payee_of_its_way",
)
rule(
    "Who is paid never changes.",
    change("vouchers_claim", "open_claim", "way = 'cluster', cluster_id = %(other_cluster)s"),
    "never changes",
)
rule(
    "No more is advanced than the call says.",
    new_claim(is_advance=True, amount=1),
    "no more is advanced than the call says",
)
rule(
    "Where the programme pays the provider, nobody has paid it before.",
    new_invoice(claim_id="%(open_claim)s", key="more", paid_on="2026-01-15"),
    "Whoever paid the invoice hands in when, and what shows it",
)
rule(
    "What is cleared of a claim is kept by the database.",
    change("vouchers_claim", "open_claim", "cleared = 1"),
    "is kept by the database",
)
rule(
    "Cost is cleared against an advance that was paid.",
    "INSERT INTO vouchers_clearing (claim_id, advance_id, amount, made_at)"
    " VALUES (%(open_claim)s, %(claim)s, 1, now())",
    "cost is cleared against a paid advance of its voucher",
)
rule(
    "A payment goes to one account.",
    after(
        *carried_to("approved"),
        NEXT_BATCH,
        another("vouchers_paymentorder", "order", **{**NEXT_ORDER, "account_id": None}),
    ),
    "the account is not verified",
)
heading("Final exchange rates")
rule(
    "The final rate of a claim is said with its approval, or its payment.",
    "INSERT INTO vouchers_finalrate (claim_id, number, said_with, day, before, amount, said_by_id,"
    " said_at) VALUES (%(open_claim)s, 1, 'payment', '2026-01-15', 1, 2, %(finance)s, now())",
    "a final rate is said with the approval, or with the payment",
)
rule(
    "What the rates make of a claim is kept by the database.",
    change("vouchers_claim", "open_claim", "revalued = 1"),
    "is kept by the database",
)
