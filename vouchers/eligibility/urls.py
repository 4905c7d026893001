"""Addresses of the eligibility check."""

from django.urls import path

from . import views

app_name = "eligibility"
urlpatterns = [
    path("", views.waiting, name="waiting"),
    path("<int:pk>/check/", views.check, name="check"),
    path("<int:pk>/draft/", views.draft, name="draft"),
    path("<int:pk>/reopen/", views.reopen, name="reopen"),
]
