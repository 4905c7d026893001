"""Addresses of actions on several rows."""

from django.urls import path

from . import earlier, views

app_name = "bulk"

urlpatterns = [
    path("", earlier.earlier, name="earlier"),
    path("<slug:of>/choose/", views.choose, name="choose"),
    path("<uuid:pk>/", views.run, name="run"),
    path("<uuid:pk>/press/", views.press, name="press"),
]
