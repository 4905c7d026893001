"""Addresses of exports."""

from django.urls import path

from . import views

urlpatterns = [
    path("<slug:slug>/ranking/export/csv/", views.tables, name="export_csv"),
    path("<slug:slug>/ranking/export/xlsx/", views.spreadsheet, name="export_xlsx"),
    path("<slug:slug>/ranking/export/research/", views.research, name="export_research"),
]
