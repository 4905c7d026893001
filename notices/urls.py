"""Addresses of a person's notices."""

from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.inbox, name="inbox"),
    path("notices/seen/", views.seen_all, name="seen_all"),
    path("notices/preferences/", views.preferences, name="preferences"),
    path("notices/unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("notices/<uuid:notice_id>/", views.read, name="read"),
    path("notices/<uuid:notice_id>/seen/", views.seen, name="seen"),
    path("notices/<uuid:notice_id>/unseen/", views.unseen, name="unseen"),
]
