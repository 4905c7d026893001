"""Addresses of what each role looks at."""

from django.urls import URLPattern

app_name = "dashboards"
urlpatterns: list[URLPattern] = []
