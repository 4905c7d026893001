"""Addresses of saved views."""

from django.urls import path

from . import views

app_name = "saved_views"

urlpatterns = [
    path("save/", views.save, name="save"),
    path("<int:pk>/", views.open_view, name="open"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/delete/", views.delete, name="delete"),
    path("<int:pk>/first/", views.first, name="first"),
    path("<int:pk>/not-first/", views.not_first, name="not_first"),
]
