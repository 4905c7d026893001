"""What the cluster lets everybody see of its report."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import refusal_beside
from vouchers.assistance.reports import actions, queries
from vouchers.assistance.reports.forms.consents import ConsentForm
from vouchers.assistance.reports.panels import public_reports
from vouchers.assistance.reports.permissions import may_consent_to_publication

from .finding import found_report


@login_required
def publication(request: PersonRequest, pk: int) -> HttpResponse:
    """What may be published, by kind, who said so and when; and how it looks now."""
    report = found_report(request, pk)
    voucher = report.voucher
    may_say = may_consent_to_publication.test(request.user, voucher)
    standing = queries.consents_of(voucher)
    given = [kind for kind, consent in standing.items() if consent.is_given]
    form = ConsentForm(request.POST or None, initial={"kinds": given})
    if request.method == "POST":
        require(
            may_consent_to_publication,
            request.user,
            voucher,
            otherwise=_("Only a manager of the cluster can say what may be published."),
        )
        form = ConsentForm(request.POST)
        if form.is_valid():
            with refusal_beside(form):
                actions.say_what_is_public(voucher, form.cleaned_data["kinds"], by=request.user)
                messages.success(request, _("Saved. It counts from now on."))
                return redirect("final_reports:publication", pk)
    context = {
        "voucher": voucher,
        "report": report,
        "form": form,
        "may_say": may_say,
        "said": voucher.consents.select_related("said_by").order_by("-pk"),
        "public": public_reports([voucher]).get(voucher.pk),
    }
    return render(request, "final_reports/publication.html", context)
