"""What the database refuses to the portal's own role: each rule with a statement that breaks it.

A line more: `rule("What holds.", "the statement", "a part of the refusal")` under its heading, in the
module of its topic. Names like `%(claim)s` are the ids of `world.told_world`; `another(table, like, …)`
is a row like one of those, changed. Then `make integrity` writes docs/integrity.md anew.
"""

from importlib import import_module

from .statements import RULES

__all__ = ["RULES"]

# In the order in which docs/integrity.md lists them.
for topic in (
    "portal_role",
    "calls",
    "vouchers",
    "agreements.answers",
    "agreements.amendments",
    "assistance.plans",
    "standing",
    "endings",
    "assistance.meetings",
    "assistance.needs",
    "assistance.sessions",
    "assistance.deliverables",
    "assistance.reports",
    "assistance.surveys",
    "payments.claims",
    "payments.control",
    "payments.sent_back",
    "payments.separations",
    "payments.ledger",
    "payments.money",
    "payments.rates",
    "payments.ways",
    "payments.batches",
    "payments.bank",
    "payments.afterwards",
    "people",
    "links",
    "views",
    "together",
    "providers",
    "screening",
    "papers.letters",
    "papers.texts",
    "papers.messages",
    "reports",
    "schedules",
):
    import_module(f"{__name__}.{topic}")
