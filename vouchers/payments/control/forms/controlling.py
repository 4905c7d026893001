"""What a controller types: of each line, of the checklist, of the sample; and later of what is parked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inputs.forms.fields import MoneyField
from vouchers.calls.models.terms.control import ErrorType
from vouchers.payments.actions import CheckAnswer
from vouchers.payments.control.models import Control, ControlChecklist, ControlledLine
from vouchers.payments.control.queries import ReadControl, found_by
from vouchers.payments.control.rules.splitting import LineFound
from vouchers.payments.models import ClaimLine

_LINES = {"rows": 2, "dir": "auto"}
_MOST = 2000
_OF_A_LINE = ("deducted", "error_type", "reason", "parked", "park_reason", "sampled")


def _words(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=_MOST,
        widget=forms.Textarea(attrs=_LINES),
        **options,
    )


def types_of_error(types: Sequence[str]) -> list[tuple[str, Any]]:
    """The choices of a call, in the order of the list, behind an empty one."""
    return [("", "—"), *((value, label) for value, label in ErrorType.choices if value in types)]


@dataclass(frozen=True)
class LineBoxes:
    """A line of the claim with its boxes, and what was said of it where the control was sent back."""

    line: ClaimLine
    boxes: dict[str, forms.BoundField]
    remark: str = ""


def _lines_of(former: ReadControl) -> dict[str, Any]:
    """What a control found of each line, by the box in which it is typed."""
    held: dict[str, Any] = {"sample_reason": former.control.sample_reason}
    for found in former.lines:
        typed = {name: getattr(found, name) or "" for name in _OF_A_LINE}
        held |= {f"line-{found.line_id}-{name}": value for name, value in typed.items()}
    return held


def _answers_of(former: ReadControl, checklist: ControlChecklist | None) -> dict[str, Any]:
    """What it answered, by its box; of a newer checklist too, where that asks the same."""
    before = former.control.checklist
    if before is None or checklist is None:
        return {}
    said = {
        question["en"]: one
        for question, one in zip(before.questions, former.control.answers, strict=True)
    }
    return {
        f"answer-{number}-{name}": said[question["en"]][name]
        for number, question in enumerate(checklist.questions)
        if question["en"] in said
        for name in ("answer", "remark")
    }


class ControlForm(forms.Form):
    """The whole control of a claim; empty boxes say that all of a line is eligible.

    With `former`, a control that was sent back, the boxes hold what that said.
    """

    changes = _words(
        _("What you changed, or why not"),
        help_text=_("Whoever approves reads it, and it stands on the certificate."),
    )
    sample_reason = _words(
        _("Why these lines were looked at in depth"),
        help_text=_("Where you chose a sample: how, and why these."),
    )

    def __init__(
        self,
        *args: Any,
        lines: Sequence[ClaimLine],
        types: Sequence[str],
        checklist: ControlChecklist | None,
        former: ReadControl | None = None,
        **kwargs: Any,
    ) -> None:
        if former is not None:
            kwargs["initial"] = {**_lines_of(former), **_answers_of(former, checklist)}
        super().__init__(*args, **kwargs)
        self.lines, self.checklist, self.former = lines, checklist, former
        # What was typed is shown again, though a colleague was quicker.
        if former is None and "changes" not in self.data:
            del self.fields["changes"]
        for line in lines:
            at = f"line-{line.pk}"
            self.fields[f"{at}-deducted"] = MoneyField(
                label=_("Deducted (EUR)"), required=False, min_value=Decimal(0)
            )
            self.fields[f"{at}-error_type"] = forms.ChoiceField(
                label=_("Type of error"), choices=types_of_error(types), required=False
            )
            self.fields[f"{at}-reason"] = _words(_("Why it is deducted"))
            self.fields[f"{at}-parked"] = MoneyField(
                label=_("Set aside (EUR)"),
                required=False,
                min_value=Decimal(0),
                help_text=_("Decided on later; it stays reserved."),
            )
            self.fields[f"{at}-park_reason"] = _words(_("Why it is set aside"))
            self.fields[f"{at}-sampled"] = forms.BooleanField(
                label=_("Looked at in depth"), required=False
            )
        for number, question in enumerate(self._questions()):
            self.fields[f"answer-{number}-answer"] = forms.ChoiceField(
                label=question,
                choices=Control.Answer.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Answer this question.")},
            )
            self.fields[f"answer-{number}-remark"] = _words(_("Remark"))

    def _questions(self) -> list[str]:
        return self.checklist.asked if self.checklist is not None else []

    def line_boxes(self) -> list[LineBoxes]:
        """The boxes of each line, in order."""
        sent_back = self.former.sent_back if self.former is not None else None
        said = {one.line_id: one.text for one in sent_back.remarks.all()} if sent_back else {}
        return [
            LineBoxes(
                line,
                {name: self[f"line-{line.pk}-{name}"] for name in _OF_A_LINE},
                said.get(line.pk, ""),
            )
            for line in self.lines
        ]

    def answer_boxes(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The answer to each question, with its remark."""
        return [
            (self[f"answer-{number}-answer"], self[f"answer-{number}-remark"])
            for number in range(len(self._questions()))
        ]

    def found(self) -> dict[int, LineFound]:
        """What was typed of each line, by its id."""
        return {line.pk: self._found(f"line-{line.pk}") for line in self.lines}

    def _found(self, at: str) -> LineFound:
        typed = self.cleaned_data
        return LineFound(
            deducted=typed[f"{at}-deducted"] or Decimal("0.00"),
            error_type=typed[f"{at}-error_type"],
            reason=typed[f"{at}-reason"],
            parked=typed[f"{at}-parked"] or Decimal("0.00"),
            park_reason=typed[f"{at}-park_reason"],
            sampled=typed[f"{at}-sampled"],
        )

    def answers(self) -> list[CheckAnswer]:
        """The answers in the order of the checklist."""
        return [
            CheckAnswer(
                self.cleaned_data[f"answer-{number}-answer"],
                self.cleaned_data[f"answer-{number}-remark"],
            )
            for number in range(len(self._questions()))
        ]


class SendBackForm(forms.Form):
    """Why a control is done anew, and what is to be looked at in which line of the `control`.

    That is the one which was read, though somebody else may have sent it back meanwhile.
    """

    reason = forms.CharField(
        label=_("Why?"),
        max_length=_MOST,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_(
            "Whoever controls the claim and the cluster read it, with what you say of lines below."
        ),
        error_messages={"required": _("Say why you send it back.")},
    )

    def __init__(self, *args: Any, control: Control | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.control = control
        self.lines = found_by(control) if control is not None else []
        for found in self.lines:
            self.fields[f"line-{found.line_id}"] = _words(_("What is to be looked at in this line"))

    def line_boxes(self) -> list[tuple[ControlledLine, forms.BoundField]]:
        """What was found of each line, with its box."""
        return [(found, self[f"line-{found.line_id}"]) for found in self.lines]

    def remarks(self) -> dict[int, str]:
        """What was typed, by the id of the line of the claim."""
        typed = {found.line_id: self.cleaned_data[f"line-{found.line_id}"] for found in self.lines}
        return {line: text for line, text in typed.items() if text}


class ParkedForm(forms.Form):
    """How much of which line is decided on, and how."""

    TAKE_IN, REFUSE = "take_in", "refuse"

    decision = forms.ChoiceField(
        label=_("What becomes of it?"),
        choices=[
            (TAKE_IN, _("Take it in: others approve it, and it is paid")),
            (REFUSE, _("Refuse it: it is deducted")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    error_type = forms.ChoiceField(
        label=_("Type of error"), required=False, help_text=_("Where it is refused.")
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=_MOST,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("The cluster reads it."),
    )

    def __init__(
        self, *args: Any, lines: Sequence[ControlledLine], types: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [line for line in lines if line.parked]
        self.fields["error_type"].choices = types_of_error(types)  # type: ignore[attr-defined]
        for line in self.lines:
            self.fields[f"line-{line.line_id}"] = MoneyField(
                label=_("How much of it (EUR)"),
                required=False,
                min_value=Decimal(0),
                initial=line.parked,
            )

    def line_boxes(self) -> list[tuple[ControlledLine, forms.BoundField]]:
        """Each line of which something is set aside, with its box."""
        return [(line, self[f"line-{line.line_id}"]) for line in self.lines]

    def amounts(self) -> dict[int, Decimal]:
        """What was typed, by the id of the line of the claim."""
        typed = {line.line_id: self.cleaned_data[f"line-{line.line_id}"] for line in self.lines}
        return {line: amount for line, amount in typed.items() if amount}
