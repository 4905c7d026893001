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
    path("reports/schedules/", views.schedule_list, name="schedules"),
    path("reports/schedules/new/", views.new_schedule, name="new_schedule"),
    path("reports/schedules/<int:pk>/", views.schedule, name="schedule"),
    path("reports/schedules/<int:pk>/change/", views.change_schedule, name="change_schedule"),
    path("reports/schedules/<int:pk>/pause/", views.pause_schedule, name="pause_schedule"),
    path("reports/schedules/<int:pk>/resume/", views.resume_schedule, name="resume_schedule"),
    path("reports/schedules/<int:pk>/end/", views.end_schedule, name="end_schedule"),
    path("reports/schedules/<int:pk>/make/", views.make_now, name="make_now"),
    path("reports/due/<int:pk>/", views.due, name="due"),
    path("reports/due/<int:pk>/issue/", views.issue_due, name="issue_due"),
    path("reports/due/<int:pk>/pass/", views.pass_over, name="pass_over"),
    path("reports/due/<int:pk>/again/", views.try_again, name="try_again"),
]
