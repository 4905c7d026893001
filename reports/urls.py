"""Addresses of what is issued over stages."""

from django.urls import path

from . import views

app_name = "reports"
urlpatterns = [
    path("overview/<slug:slug>/report/", views.issue_programme_report, name="issue_programme"),
]
