"""Addresses of “See it as this assessor”."""

from django.urls import path

from . import views

urlpatterns = [
    path("as/", views.sightings, name="sightings"),
    path("as/<int:user_pk>/begin/", views.begin, name="see_as"),
    path("as/<int:user_pk>/", views.mine, name="seen_mine"),
    path("as/<int:user_pk>/assignments/<int:pk>/", views.assignment, name="seen_assignment"),
    path(
        "as/<int:user_pk>/assignments/<int:pk>/files/<int:file_pk>/",
        views.attachment,
        name="seen_attachment",
    ),
    path(
        "as/<int:user_pk>/assignments/<int:pk>/files/<int:file_pk>/pages/<int:number>/",
        views.preview,
        name="seen_preview",
    ),
]
