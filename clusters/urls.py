"""Addresses of clusters."""

from django.urls import path

from .views import directory, profile

app_name = "clusters"
urlpatterns = [
    path("", directory.directory, name="directory"),
    path("mine/", profile.mine, name="mine"),
    path("register/", profile.register, name="register"),
    path("<slug:slug>/", directory.detail, name="detail"),
    path("<slug:slug>/edit/", profile.edit, name="edit"),
    path("<slug:slug>/mission/", profile.mission, name="mission"),
    path("<slug:slug>/track-record/", profile.track_record, name="track_record"),
]
