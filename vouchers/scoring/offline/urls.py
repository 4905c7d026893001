"""Addresses of the workbook."""

from django.urls import path

from . import views

urlpatterns = [
    path("workbooks/<int:pk>/", views.returned, name="returned"),
    path("workbooks/<int:pk>/take/", views.take_over, name="take_workbook_over"),
    path("workbooks/<int:pk>/discard/", views.discard, name="discard_workbook"),
    path("<slug:slug>/workbook/", views.workbook, name="workbook"),
    path("<slug:slug>/workbook/download/", views.download, name="workbook_download"),
]
