"""Addresses of uploads. Files that have arrived have theirs in the room that they belong to."""

from django.urls import path

from files.views import uploads as views

app_name = "files"
urlpatterns = [
    path("uploads/", views.uploads, name="uploads"),
    path("uploads/<uuid:upload_id>/", views.upload, name="upload"),
    path("uploads/<uuid:upload_id>/discard/", views.discard, name="discard"),
]
