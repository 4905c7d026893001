"""Addresses of the voucher's life: one include for each room."""

from django.urls import include, path

urlpatterns = [
    path("calls/", include("vouchers.calls.urls")),
    path("applications/", include("vouchers.applications.urls")),
    path("correspondence/", include("vouchers.correspondence.urls")),
    path("eligibility/", include("vouchers.eligibility.urls")),
    path("scoring/", include("vouchers.scoring.urls")),
    path("awards/", include("vouchers.awards.urls")),
    path("assistance/providers/", include("vouchers.providers.urls")),
    path("quotes/", include("vouchers.providers.quotes.urls")),
    path("contracts/", include("vouchers.providers.contracts.urls")),
    path("", include("vouchers.assistance.needs.urls")),
    path("assistance/", include("vouchers.assistance.plans.urls")),
    path("assistance/", include("vouchers.assistance.delivery.urls")),
    path("assistance/", include("vouchers.assistance.reports.urls")),
    path("assistance/", include("vouchers.assistance.deliverables.urls")),
    path("assistance/", include("vouchers.assistance.workroom.urls")),
    path("assistance/", include("vouchers.assistance.surveys.urls")),
    path("assistance/", include("vouchers.assistance.urls")),
    path("endings/", include("vouchers.endings.urls")),
    path("standing/", include("vouchers.standing.urls")),
    path("screening/", include("vouchers.screening.urls")),
    path("payments/ledger/", include("vouchers.payments.ledger.urls")),
    path("payments/control/", include("vouchers.payments.control.urls")),
    path("payments/bank/", include("vouchers.payments.bank.urls")),
    path("payments/receipts/", include("vouchers.payments.receipts.urls")),
    path("payments/corrections/", include("vouchers.payments.recoveries.urls")),
    path("payments/batches/", include("vouchers.payments.batches.urls")),
    path("payments/", include("vouchers.payments.urls")),
]
