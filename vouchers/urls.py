"""Addresses of the voucher's life: one include for each room."""

from django.urls import include, path

from .awards import steps as awards_steps
from .eligibility import steps as eligibility_steps

__all__ = ["awards_steps", "eligibility_steps", "urlpatterns"]  # Rooms above tell whose turn it is.

urlpatterns = [
    path("calls/", include("vouchers.calls.urls")),
    path("applications/", include("vouchers.applications.urls")),
    path("correspondence/", include("vouchers.correspondence.urls")),
    path("eligibility/", include("vouchers.eligibility.urls")),
    path("scoring/", include("vouchers.scoring.urls")),
    path("awards/", include("vouchers.awards.urls")),
    path("assistance/providers/", include("vouchers.providers.urls")),
    path("assistance/", include("vouchers.assistance.urls")),
    path("payments/", include("vouchers.payments.urls")),
]
