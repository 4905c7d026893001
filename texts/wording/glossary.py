"""What each placeholder means, and what an example says: shown beside the box where somebody writes.

Known by the fact that a placeholder writes; a test holds that every fact of every kind is explained.
"""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from texts.kinds import Family
from texts.wording.built_in import Placeholder

_MEANINGS: dict[str, str | Promise] = {
    "about": _("what it is about, in a few words"),
    "accept_by": _("the last day on which the award can be accepted"),
    "account": _("the end of the number of the account"),
    "activity": _("what was done"),
    "amount": _("the amount of the voucher or the payment"),
    "answer": _("the answer, in full"),
    "answer_by": _("until when an answer is asked for"),
    "assessor": _("the name of the assessor"),
    "assistance_starts": _("the first day of the assistance"),
    "author": _("the person who did it"),
    "batch": _("the number of the payment batch"),
    "before": _("what held before"),
    "by": _("the person who did it"),
    "call": _("the name of the call"),
    "call.name": _("the name of the call"),
    "call.year": _("the year of the call"),
    "ceiling": _("the highest amount that is allowed"),
    "claimed": _("the amount that is claimed"),
    "claims_until": _("the last day on which claims are taken"),
    "cleared": _("the amount that is cleared against an advance"),
    "cluster": _("the name of the cluster"),
    "code": _("why the bank gave it back"),
    "correction": _("the number of the correction"),
    "country": _("the country"),
    "currency": _("the currency, by its code"),
    "date": _("the day of the letter"),
    "day": _("the day that it is about"),
    "days": _("the number of days"),
    "deadline": _("the deadline, with its clock"),
    "deducted": _("the amount that is deducted"),
    "due_at": _("until when it is due, with the clock"),
    "due_on": _("the day on which it is due"),
    "email": _("an e-mail address"),
    "ends_on": _("the day on which it ends"),
    "expert": _("the name of the expert"),
    "giver": _("the person who gave the role"),
    "hours": _("the number of hours"),
    "invoice": _("the number of the invoice"),
    "invoice_number": _("the number of the invoice"),
    "inviter": _("the person who sent the invitation"),
    "link": _("the address of the page"),
    "made_at": _("when the request was made"),
    "milestone": _("the name of the milestone"),
    "months": _("the number of months"),
    "more": _("how many there are besides"),
    "number": _("the number of them"),
    "order": _("the number of the payment order"),
    "parked": _("the amount that is set aside"),
    "partner": _("the country partner"),
    "payable": _("the amount that is approved"),
    "payee": _("who is paid"),
    "person": _("the name of the person"),
    "place": _("where it takes place"),
    "previous_end": _("the last day until now"),
    "proposed_by": _("the person who proposed it"),
    "provider": _("the name of the provider"),
    "question": _("the question, in full"),
    "quiet_since": _("since when nothing has happened"),
    "rapporteur": _("the person who writes down the consensus"),
    "reason": _("the reason that was given, in full"),
    "reference": _("the reference of the application or the voucher"),
    "released": _("the amount that becomes free"),
    "resumed_on": _("the day from which it goes on"),
    "review_on": _("the day on which it is looked at again"),
    "said": _("what was said, as a number"),
    "second": _("the person who must agree as well"),
    "since": _("the day from which it holds"),
    "starts_at": _("when it begins, on the reader’s clock"),
    "subject": _("the subject of the message before"),
    "submitted_at": _("when the application arrived, with the clock"),
    "text": _("the message, in full"),
    "title": _("the title"),
    "total": _("the sum of the payments"),
    "under_way": _("what is under way"),
    "until": _("until when it holds"),
    "up_to": _("the amount up to which it may go"),
    "valid_until": _("the last day on which the voucher is valid"),
    "version": _("the number of the version"),
    "was": _("the last day that held before"),
    "why": _("the reason that was given"),
    "words": _("what was written"),
    "year": _("the year"),
}

_EXAMPLES: dict[str, Any] = {
    "about": _("Export plan"),
    "accept_by": "2026-06-30",
    "account": "…9114",
    "accepted_by": "Hiba Chami",
    "activity": _("A workshop on packaging"),
    "amount": "5000.00",
    "answer": _("Yes."),
    "answer_by": "2026-07-01",
    "assessor": "Karim Aziz",
    "assistance_starts": "2026-07-01",
    "author": "Nadine Saab",
    "batch": "PAY-2026-0001",
    "before": "Nadine Khoury",
    "by": "Nadine Saab",
    "ceiling": "60000.00",
    "claimed": "2499.56",
    "claims_until": "2026-10-31",
    "cleared": "2299.56",
    "cluster": "Cedar Food Cluster",
    "code": "AC04",
    "correction": "COR-2026-0001",
    "country": _("Lebanon"),
    "currency": "LBP",
    "date": "2026-06-01",
    "day": "2026-05-20",
    "days": 7,
    "deadline": "2026-05-20T09:30:00+00:00",
    "deducted": "120.00",
    "due_at": "2026-05-20T09:30:00+00:00",
    "due_on": "2026-09-30",
    "email": "hiba@example.org",
    "ends_on": "2026-10-01",
    "expert": "Omar Fakhoury",
    "giver": "Nadine Saab",
    "hours": 24,
    "invoice": "F-17",
    "invoice_number": "F-17",
    "inviter": "Nadine Saab",
    "link": "https://example.org/",
    "made_at": "2026-05-20T09:30:00+00:00",
    "milestone": _("Export plan"),
    "months": "6",
    "more": 2,
    "number": 2,
    "order": "SUV-2026-LB-0007-P1",
    "parked": "80.00",
    "partner": _("Your country partner"),
    "payable": "2299.56",
    "payee": "Cedar Consulting",
    "person": "Hiba Chami",
    "place": "Beirut",
    "previous_end": "2026-12-31",
    "proposed_by": "Rita Haddad",
    "provider": "Cedar Consulting",
    "question": _("May a foundation apply?"),
    "quiet_since": "2026-05-20",
    "rapporteur": "Karim Aziz",
    "reason": _("The date is missing."),
    "reference": "SUV-2026-LB-0007",
    "released": "1500.00",
    "resumed_on": "2026-10-05",
    "review_on": "2026-10-01",
    "role": "assessor",
    "said": "2",
    "second": "Rita Haddad",
    "since": "2026-09-01",
    "starts_at": "2026-05-20T09:30:00+00:00",
    "subject": _("Congratulations"),
    "submitted_at": "2026-05-20T09:30:00+00:00",
    "text": _("May we send a newer budget?"),
    "time_zone": "Asia/Beirut",
    "title": _("Export plan"),
    "total": "5000.00",
    "under_way": "SUV-2026-LB-0007 (F-17)",
    "until": "2027-02-28",
    "up_to": "63000.00",
    "valid_until": "2027-02-28",
    "version": "2",
    "was": "2026-06-16",
    "why": _("The lead partner agrees."),
    "words": _("Export plan"),
    "year": 2026,
}
_CALL = "Scale Up Voucher"


def meaning_of(placeholder: Placeholder) -> str:
    """What the placeholder stands for, in the active language; KeyError for a fact nobody explained."""
    if not placeholder.is_part:
        return str(_MEANINGS[placeholder.fact])
    said = " · ".join(f"“{sentence}”" for sentence in placeholder.sentences[:6])
    what = str(_("a part that depends on the case, in the portal’s own words"))
    return f"{what}: {said}" if said else what


def example_facts(family: str) -> dict[str, Any]:
    """Facts of a sample in the active language, as a letter or an e-mail of the family has them."""
    facts = {name: _as_fact(value) for name, value in _EXAMPLES.items()}
    facts["call"] = {"name": _CALL, "year": 2026} if family == Family.LETTER else f"{_CALL} 2026"
    return facts


def _as_fact(value: Any) -> Any:
    return str(value) if isinstance(value, Promise) else value
