"""The boxes of a claim: a form for each invoice and each line, out of what is kept as typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conduct.actions import Refused
from conduct.forms import DayInput
from documents.wording import figures
from files.wording.kinds import ACCEPTED_ENDINGS, ACCEPTED_IN_WORDS
from inputs.forms.fields import AnyMoneyField
from inputs.forms.widgets import CodeInput
from vouchers.assistance.plans.models import Milestone
from vouchers.payments.claims.actions import InvoiceTyped, LineTyped
from vouchers.payments.claims.rules.content import Content, boxes, prefix_of
from vouchers.payments.models import ClaimLine, Invoice, InvoiceFile


class InvoiceForm(forms.ModelForm):
    """An invoice of the provider."""

    class Meta:
        model = Invoice
        fields = ("number", "invoiced_on", "currency", "net", "vat", "vat_rule", "paid_on")
        field_classes = {"net": AnyMoneyField, "vat": AnyMoneyField}
        widgets = {"number": CodeInput(), "invoiced_on": DayInput(), "paid_on": DayInput()}
        help_texts = {
            "net": gettext_lazy("With stamp duties and all else that is not VAT."),
            "vat": gettext_lazy("Empty where none is charged."),
        }

    upload = forms.FileField(
        label=gettext_lazy("File of the invoice"),
        help_text=ACCEPTED_IN_WORDS,
        widget=forms.FileInput(attrs={"accept": ",".join(ACCEPTED_ENDINGS)}),
    )

    proof_upload = forms.FileField(
        label=gettext_lazy("Proof of payment"),
        help_text=gettext_lazy("The bank’s advice, the statement, or a receipt of the provider."),
        widget=forms.FileInput(attrs={"accept": ",".join(ACCEPTED_ENDINGS)}),
    )

    def __init__(
        self,
        *args: Any,
        kept: InvoiceFile | None,
        proof: InvoiceFile | None,
        paid_first: bool,
        looking: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kept, self.proof = kept, proof
        if paid_first:
            self._ask_for_proof(looking=looking)
        else:
            del self.fields["paid_on"], self.fields["proof_upload"]
        self.fields["vat"].required = False
        # To look at the euro nobody has to choose the file; one that arrived is not chosen again.
        self.fields["upload"].required = kept is None and not looking
        if kept is not None:
            self.fields["upload"].label = gettext_lazy("Another file instead")
            self.fields["upload"].help_text = ""

    def _ask_for_proof(self, *, looking: bool) -> None:
        self.fields["paid_on"].required = not looking
        self.fields["proof_upload"].required = self.proof is None and not looking
        if self.proof is not None:
            self.fields["proof_upload"].label = gettext_lazy("Another file instead")
            self.fields["proof_upload"].help_text = ""

    def _post_clean(self) -> None:
        """The action checks the whole record; here each value was checked alone."""


class ClaimLineForm(forms.ModelForm):
    """A part of the invoice for one milestone."""

    class Meta:
        model = ClaimLine
        fields = ("declared", "purpose")
        field_classes = {"declared": AnyMoneyField}
        labels = {
            "declared": gettext_lazy("Claimed of the invoice"),
            "purpose": gettext_lazy("What for (if more is to be said)"),
        }

    # The milestones are read once for all lines of a page.
    milestone = forms.TypedChoiceField(label=gettext_lazy("Milestone"))
    field_order = ("milestone", "declared", "purpose")

    def __init__(self, *args: Any, milestones: Mapping[str, Milestone], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["milestone"]
        field.coerce = milestones.__getitem__
        field.choices = [
            ("", "---------"),
            *((key, _told(milestone)) for key, milestone in milestones.items()),
        ]

    def _post_clean(self) -> None:
        """The action checks the whole record; here each value was checked alone."""


def _told(milestone: Milestone) -> str:
    return _("%(title)s (%(left)s EUR left of the plan)") % {
        "title": milestone.title,
        "left": figures(milestone.unclaimed),
    }


@dataclass(frozen=True)
class InvoiceBoxes:
    """The form of an invoice with those of its lines, and the file that was kept."""

    form: InvoiceForm
    lines: list[ClaimLineForm]

    @property
    def kept(self) -> InvoiceFile | None:
        return self.form.kept

    @property
    def forms(self) -> list[forms.ModelForm]:
        return [self.form, *self.lines]


class ClaimForms:
    """All boxes of a claim. `milestones` that may be chosen, and `files` that were kept, by id.

    Where it `is_sent`, each value is checked; `looking`, no file is asked for; `paid_first`, when the
    provider was paid, and what shows it.
    """

    def __init__(
        self,
        content: Content,
        *,
        milestones: Mapping[str, Milestone],
        files: Mapping[str, InvoiceFile],
        is_sent: bool,
        paid_first: bool = False,
        looking: bool = False,
        uploads: Mapping[str, UploadedFile] | None = None,
    ) -> None:
        self.content = content
        # What is about no box alone.
        self.problems: list[str] = []
        self.paid_first = paid_first
        self._data = boxes(content) if is_sent else None
        self.invoices = [
            self._boxes(at, invoice, milestones, files, looking, uploads or {})
            for at, invoice in enumerate(content["invoices"])
        ]

    def _boxes(
        self,
        at: int,
        invoice: Mapping[str, Any],
        milestones: Mapping[str, Milestone],
        files: Mapping[str, InvoiceFile],
        looking: bool,  # noqa: FBT001
        uploads: Mapping[str, UploadedFile],
    ) -> InvoiceBoxes:
        initial = {name: value for name, value in invoice.items() if name not in ("lines", "proof")}
        form = InvoiceForm(
            self._data,
            uploads if self._data is not None else None,
            prefix=prefix_of(at),
            initial=initial,
            kept=files.get(invoice["file"]),
            proof=files.get(invoice["proof"]),
            paid_first=self.paid_first,
            looking=looking,
        )
        lines = []
        for number, line in enumerate(invoice["lines"]):
            lines.append(
                ClaimLineForm(
                    self._data,
                    prefix=prefix_of(at, number),
                    initial=line,
                    milestones=milestones,
                )
            )
        return InvoiceBoxes(form, lines)

    def _forms(self) -> Iterator[forms.ModelForm]:
        for invoice in self.invoices:
            yield from invoice.forms

    def is_valid(self) -> bool:
        # Each is checked, so that each says what is wrong with it.
        checked = [form.is_valid() for form in self._forms()]
        return all(checked) and not self.problems

    @property
    def has_errors(self) -> bool:
        return bool(self.problems) or any(form.errors for form in self._forms())

    def show(self, refusal: Refused) -> None:
        """Put a refusal beside its box, or above all of them."""
        for form in self._forms():
            name = (refusal.field or "").removeprefix(f"{form.prefix}-")
            if refusal.field == f"{form.prefix}-{name}" and name in form.fields:
                form.add_error(name, str(refusal.message))
                return
        self.problems.append(str(refusal.message))

    def typed(self) -> list[InvoiceTyped]:
        """What the action takes; every box is valid. Raises Refused where a file is missing."""
        return [self._typed(invoice) for invoice in self.invoices]

    def _typed(self, invoice: InvoiceBoxes) -> InvoiceTyped:
        if invoice.kept is None:
            raise Refused(
                _("Choose the file of the invoice."), field=f"{invoice.form.prefix}-upload"
            )
        values = dict(invoice.form.cleaned_data)
        del values["upload"]
        values.pop("proof_upload", None)
        return InvoiceTyped(
            **{**values, "vat": values["vat"] or Decimal(0)},
            file=invoice.kept,
            proof=invoice.form.proof,
            lines=[LineTyped(**line.cleaned_data) for line in invoice.lines],
        )
