"""Addresses of technical assistance; `pk` is the voucher's unless the path says otherwise."""

from django.urls import path

from .views import reports, terms

app_name = "assistance"
urlpatterns = [
    path("<int:pk>/terms/", terms.terms, name="terms"),
    path("<int:pk>/report/", reports.report, name="report"),
    path("<int:pk>/report/submit/", reports.submit_report, name="submit_report"),
    path("<int:pk>/report/return/", reports.return_report, name="return_report"),
]
