"""The page of a payee by its link: one payment, and whether it has arrived."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from conduct.views import refusal_beside
from links.views import LinkPage
from vouchers.payments.models import PaymentOrder
from vouchers.payments.receipts import actions, queries
from vouchers.payments.receipts.forms.answering import ReceiptForm
from vouchers.payments.receipts.models import Receipt, ReceiptAnswer, ReceiptLink


class ReceiptPage(LinkPage[ReceiptLink]):
    """What was paid, what was answered, and the form; a correction is a further answer."""

    model = ReceiptLink

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, None)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ReceiptForm(request.POST)
        if form.is_valid():
            with refusal_beside(form):
                actions.answer_receipt(self.link.receipt, form.typed(), by=self.link)
                messages.success(request, _("Thank you: your answer is written down."))
                return redirect(request.path)
        return self._page(request, form)

    def _page(self, request: HttpRequest, form: ReceiptForm | None) -> HttpResponse:
        receipt = self.link.receipt
        answers = queries.answers_of(receipt)
        is_over = (
            receipt.state == Receipt.State.SETTLED or receipt.order.state != PaymentOrder.State.PAID
        )
        if form is None and not is_over:
            form = ReceiptForm(initial=_before(answers))
        context = {
            "link": self.link,
            "receipt": receipt,
            "order": receipt.order,
            "voucher": receipt.order.claim.voucher,
            "answers": answers,
            "form": form,
        }
        return render(request, "receipts/answer.html", context)


def _before(answers: list[ReceiptAnswer]) -> dict[str, Any]:
    """What the newest answer says, to be corrected."""
    names = ("kind", "received_on", "amount", "currency", "words")
    return {name: getattr(answers[0], name) for name in names} if answers else {}
