"""What the tests of the eligibility check share."""

from vouchers.eligibility.models import Result
from vouchers.eligibility.queries import Checklist


def rule_of(application, kind):
    """The first rule of a kind in the call of an application."""
    return application.call.eligibility_rules.filter(kind=kind).first()


def said_of(application, kind):
    """What the data say about the rule of a kind."""
    return Checklist(application).automatic()[rule_of(application, kind).pk]


def filled(application, **changes):
    """A check form that finds every rule met, with a reason where the data say otherwise.

    `changes` set a result by kind of rule, or a reason by kind and “_reason”.
    """
    typed = {"reason": ""}
    for rule in application.call.eligibility_rules.all():
        said = Checklist(application).automatic()[rule.pk]
        against = said and said.result != Result.MET
        typed[f"result_{rule.pk}"] = changes.get(rule.kind, "met")
        reason = "Seen on paper." if against else ""
        typed[f"reason_{rule.pk}"] = changes.get(f"{rule.kind}_reason", reason)
    return typed
