"""What is said of duties, of what was found, and of who may not do something, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from .rules.separations import FLOOR, PAIRS, Duty
from .rules.splitting import Fault

DUTIES: dict[Duty, str | Promise] = {
    Duty.SUBMITTER: pgettext_lazy("duty", "submits the claim"),
    Duty.CONTROLLER: pgettext_lazy("duty", "controls the claim"),
    Duty.APPROVER: pgettext_lazy("duty", "approves the claim"),
    Duty.PROPOSER: pgettext_lazy("duty", "proposes the payment"),
    Duty.SIGNATORY: pgettext_lazy("duty", "authorises the batch"),
    Duty.BOOKER: pgettext_lazy("duty", "records the bank’s word"),
}
DONE: dict[Duty, str | Promise] = {
    Duty.SUBMITTER: gettext_lazy("you submitted this claim"),
    Duty.CONTROLLER: gettext_lazy("you controlled this claim"),
    Duty.APPROVER: gettext_lazy("you approved this claim"),
    Duty.PROPOSER: gettext_lazy("you proposed its payment"),
    Duty.SIGNATORY: gettext_lazy("you authorised its batch"),
    Duty.BOOKER: gettext_lazy("you recorded the bank’s word on it"),
}
_MAY_NOT: dict[Duty, str | Promise] = {
    Duty.CONTROLLER: gettext_lazy("You do not control it: %(why)s."),
    Duty.APPROVER: gettext_lazy("You do not approve it: %(why)s."),
    Duty.PROPOSER: gettext_lazy("You do not propose its payment: %(why)s."),
    Duty.SIGNATORY: gettext_lazy("You do not authorise its batch: %(why)s."),
    Duty.BOOKER: gettext_lazy("You do not record the bank’s word on it: %(why)s."),
}
_FAULTS: dict[Fault, str | Promise] = {
    Fault.NEGATIVE: gettext_lazy("Write an amount of zero or more."),
    Fault.CENTS: gettext_lazy("Write at most two decimals."),
    Fault.TOO_MUCH: gettext_lazy("Deducted and set aside come to more than the line declares."),
    Fault.NO_TYPE: gettext_lazy("Choose the type of error."),
    Fault.STRANGE_TYPE: gettext_lazy("Choose a type of error of the call’s list."),
    Fault.NO_REASON: gettext_lazy("Say why it is deducted: the cluster reads it."),
    Fault.NO_PARK_REASON: gettext_lazy("Say why it is set aside: the cluster reads it."),
    Fault.NOTHING_DEDUCTED: gettext_lazy(
        "Write how much is deducted, or take type and reason away."
    ),
    Fault.NOTHING_PARKED: gettext_lazy("Write how much is set aside, or take the reason away."),
}


def sentence_of(fault: Fault) -> str:
    """What is wrong with what was typed of a line."""
    return str(_FAULTS[fault])


def why_not(duty: Duty, kept: Iterable[Duty]) -> str:
    """Why the reader may not do the duty, having done those in `kept`; empty where nothing keeps them."""
    done = [str(DONE[earlier]) for earlier in kept]
    return str(_MAY_NOT[duty]) % {"why": ", ".join(done)} if done else ""


@dataclass(frozen=True)
class SaidPair:
    """Two duties as a policy names them: whether they are kept apart, and whether they always are."""

    name: str
    text: str
    is_apart: bool
    is_floor: bool


def said_pairs(apart: Iterable[str]) -> list[SaidPair]:
    """Every pair of duties, in order, as the policy with these pairs keeps it."""
    kept = {*apart, *FLOOR}
    return [SaidPair(name, pair_in_words(name), name in kept, name in FLOOR) for name in PAIRS]


def pair_in_words(name: str) -> str:
    """Who submits the claim, and who approves the claim."""
    one, other = (DUTIES[Duty(duty)] for duty in name.split("-"))
    return _("who %(one)s, and who %(other)s") % {"one": one, "other": other}


_QUESTIONS: tuple[str | Promise, ...] = (
    gettext_lazy("Is each invoice addressed as the contract says, numbered, dated and readable?"),
    gettext_lazy("Do the amounts and the VAT of each invoice add up?"),
    gettext_lazy("Does each line belong to what the plan and the contract provide?"),
    gettext_lazy("Was it delivered and accepted, within the time of the voucher?"),
    gettext_lazy("Was the provider chosen by the rules of the call?"),
    gettext_lazy("Is it certain that nobody else has paid or will pay for it?"),
    gettext_lazy("Do the deliverables show the support of the European Union?"),
)


def default_questions() -> list[dict[str, str]]:
    """What most programmes look at: each question by language code, to begin a checklist with."""
    questions: list[dict[str, str]] = [{} for _question in _QUESTIONS]
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for written, question in zip(questions, _QUESTIONS, strict=True):
                written[code] = str(question)
    return questions
