"""Addresses of what is issued over stages."""

from django.urls import path

from . import views

app_name = "reports"
urlpatterns = [
    path("overview/<slug:slug>/report/", views.issue_programme_report, name="issue_programme"),
    path("overview/<slug:slug>/report/preview/", views.preview, name="preview"),
    path("reports/", views.report_list, name="list"),
    path("reports/financial/", views.financial, name="financial"),
    path("reports/progress/", views.progress, name="progress"),
    path("reports/<uuid:document_id>/", views.report, name="report"),
    path("reports/<uuid:document_id>/report.docx", views.docx, name="docx"),
    path("reports/<uuid:document_id>/entries.csv", views.annex, {"ending": "csv"}, name="annex"),
    path("reports/<uuid:document_id>/entries.xlsx", views.annex, {"ending": "xlsx"}, name="sheet"),
]
