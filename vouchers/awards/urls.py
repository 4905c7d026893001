"""Addresses of selection, awards and vouchers."""

from django.urls import URLPattern

app_name = "awards"
urlpatterns: list[URLPattern] = []
