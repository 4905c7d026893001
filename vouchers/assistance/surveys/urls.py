"""Addresses of follow-up surveys: of who answers by a link, and of who reads (`pk`: a survey)."""

from django.urls import path

from .views import answering, lists, reading

app_name = "surveys"
urlpatterns = [
    path("surveys/", lists.surveys, name="list"),
    path("surveys/<int:pk>/", reading.survey, name="survey"),
    path("surveys/<int:pk>/send/", reading.send, name="send"),
    path("survey/<str:secret>/", answering.SurveyPage.as_view(), name="answer"),
]
