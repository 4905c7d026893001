"""Addresses of statistics, scenarios and explanations."""

from django.urls import path

from .views import explanation, scenario, studies

urlpatterns = [
    path("applications/<int:pk>/why/", explanation.why, name="why"),
    path("<slug:slug>/ranking/statistics/", studies.statistics, name="statistics"),
    path("<slug:slug>/ranking/statistics/ask/", studies.ask_study, name="ask_study"),
    path("<slug:slug>/ranking/statistics/progress/", studies.study_progress, name="study_progress"),
    path("<slug:slug>/ranking/what-if/", scenario.what_if, name="what_if"),
]
