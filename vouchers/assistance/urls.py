"""Addresses of technical assistance; `pk` is the voucher's unless the path says otherwise."""

from django.urls import path

from .views import deliverables, terms

app_name = "assistance"
urlpatterns = [
    path("<int:pk>/terms/", terms.terms, name="terms"),
    path("milestones/<int:pk>/hand-in/", deliverables.hand_in, name="hand_in"),
    path("deliverables/<int:pk>/", deliverables.deliverable, name="deliverable"),
    path("deliverables/<int:pk>/accept/", deliverables.accept, name="accept"),
    path(
        "deliverables/<int:pk>/return/", deliverables.return_deliverable, name="return_deliverable"
    ),
]
