"""Addresses of the ranking."""

from django.urls import path

from . import views

urlpatterns = [
    path("<slug:slug>/ranking/", views.ranking, name="ranking"),
    path("<slug:slug>/ranking/state/", views.ranking_state, name="ranking_state"),
    path("<slug:slug>/close/", views.close, name="close"),
    path("<slug:slug>/reopen/", views.reopen, name="reopen"),
]
