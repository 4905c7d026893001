"""What notices are about, as people think of it, and what of it may wait."""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Topic(models.TextChoices):
    """A handful of topics: each person chooses for each how its notices come."""

    APPLICATIONS = "applications", _("Calls and applications")
    SCORING = "scoring", _("Scoring")
    DECISIONS = "decisions", _("Decisions and awards")
    ASSISTANCE = "assistance", _("Technical assistance")
    PAYMENTS = "payments", _("Payments")
    QUESTIONS = "questions", _("Questions and answers")
    REMINDERS = "reminders", _("Reminders")
    PEOPLE = "people", _("People and roles")


class Delivery(models.TextChoices):
    """How a notice reaches a person, besides standing in the portal."""

    NOW = "now", pgettext_lazy("delivery of notices", "at once, by e-mail")
    DIGEST = "digest", pgettext_lazy("delivery of notices", "in one e-mail a day")
    PORTAL = "portal", pgettext_lazy("delivery of notices", "only here in the portal")


# Whoever misses one of these loses rights or money, or does not see that somebody takes up a role
# who should not, so they come at once whatever was chosen.
MANDATORY = frozenset({Topic.DECISIONS, Topic.PAYMENTS, Topic.PEOPLE})
DIGESTIBLE = [topic for topic in Topic if topic not in MANDATORY]

# Too late the next morning: a daily e-mail is passed by for these, a "not by e-mail" is not.
PRESSING = frozenset({"deadline-near", "meeting-agreed", "meeting-moved", "meeting-cancelled"})

EXPLANATIONS: dict[str, str | Promise] = {
    Topic.APPLICATIONS: _("Changes of a call, receipts, and what happens to an application."),
    Topic.SCORING: _("Applications to score, conflicts of interest, and consensus."),
    Topic.DECISIONS: _("Results, awards, vouchers, and what must be answered in time."),
    Topic.ASSISTANCE: _("Meetings, needs assessments, plans, deliverables and reports."),
    Topic.PAYMENTS: _("Claims, payment orders and payments."),
    Topic.QUESTIONS: _(
        "Messages about an application or a voucher, and answers to questions about a call."
    ),
    Topic.REMINDERS: _(
        "Before a call closes on a draft, before and after a milestone is due, and when others wait."
    ),
    Topic.PEOPLE: _(
        "Roles that are given or taken away, invitations, addresses that take no e-mails, and accounts"
        " in danger."
    ),
}

# How the names of kinds begin; the longest that fits decides.
_BEGINNINGS = {
    "application-eligible": Topic.DECISIONS,
    "application-ineligible": Topic.DECISIONS,
    "application-refused": Topic.DECISIONS,
    "appeal-": Topic.DECISIONS,
    "award-": Topic.DECISIONS,
    "clarification-": Topic.DECISIONS,
    "eligibility-": Topic.DECISIONS,
    "letter-": Topic.DECISIONS,
    "reserve-": Topic.DECISIONS,
    "selection-": Topic.DECISIONS,
    "voucher-": Topic.DECISIONS,
    "assessment-": Topic.SCORING,
    "conflict-": Topic.SCORING,
    "consensus-": Topic.SCORING,
    "scoring-": Topic.SCORING,
    "contract-": Topic.ASSISTANCE,
    "deliverable-": Topic.ASSISTANCE,
    "meeting-": Topic.ASSISTANCE,
    "needs-": Topic.ASSISTANCE,
    "plan-": Topic.ASSISTANCE,
    "provider-": Topic.ASSISTANCE,
    "quotes-": Topic.ASSISTANCE,
    "report-": Topic.ASSISTANCE,
    "scheduled-report-": Topic.ASSISTANCE,
    "session-": Topic.ASSISTANCE,
    "survey-": Topic.ASSISTANCE,
    "bank-": Topic.PAYMENTS,
    "batch-": Topic.PAYMENTS,
    "claim-": Topic.PAYMENTS,
    "policy-": Topic.PAYMENTS,
    "payment-": Topic.PAYMENTS,
    "answer-": Topic.QUESTIONS,
    "message-": Topic.QUESTIONS,
    "question-": Topic.QUESTIONS,
    "deadline-": Topic.REMINDERS,
    "standing-": Topic.REMINDERS,
    "account-": Topic.PEOPLE,
    "factors-": Topic.PEOPLE,
    "invitation-": Topic.PEOPLE,
    "mail-": Topic.PEOPLE,
    "role-": Topic.PEOPLE,
    "roles-": Topic.PEOPLE,
}


def topic_of(kind: str) -> Topic:
    """The topic of a kind of notice; what no beginning claims is about calls and applications."""
    fitting = [beginning for beginning in _BEGINNINGS if kind.startswith(beginning)]
    return _BEGINNINGS[max(fitting, key=len)] if fitting else Topic.APPLICATIONS
