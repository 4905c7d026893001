"""Addresses of claims and payments."""

from django.urls import URLPattern

app_name = "payments"
urlpatterns: list[URLPattern] = []
