"""Addresses of technical assistance; `pk` is the voucher's unless the path says otherwise."""

from django.urls import path

from . import views

app_name = "assistance"
urlpatterns = [
    path("providers/", views.providers, name="providers"),
    path("<int:pk>/needs/", views.needs, name="needs"),
    path("<int:pk>/plan/", views.plan, name="plan"),
    path("<int:pk>/plan/submit/", views.submit_plan, name="submit_plan"),
    path("<int:pk>/plan/approve/", views.approve_plan, name="approve_plan"),
    path("<int:pk>/plan/return/", views.return_plan, name="return_plan"),
    path("milestones/<int:pk>/hand-in/", views.hand_in, name="hand_in"),
    path("deliverables/<int:pk>/", views.deliverable, name="deliverable"),
    path("deliverables/<int:pk>/accept/", views.accept, name="accept"),
    path("deliverables/<int:pk>/return/", views.return_deliverable, name="return_deliverable"),
    path("<int:pk>/report/", views.report, name="report"),
    path("<int:pk>/report/submit/", views.submit_report, name="submit_report"),
    path("<int:pk>/report/return/", views.return_report, name="return_report"),
]
