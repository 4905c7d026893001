"""Addresses of clusters."""

from django.urls import URLPattern

app_name = "clusters"
urlpatterns: list[URLPattern] = []
