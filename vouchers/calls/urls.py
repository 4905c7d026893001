"""Addresses of calls."""

from django.urls import path

from . import views

app_name = "calls"
urlpatterns = [
    path("", views.listing, name="list"),
    path("manage/", views.manage, name="manage"),
    path("new/", views.create, name="create"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/edit/", views.edit, name="edit"),
    path("<slug:slug>/quotas/", views.quotas, name="quotas"),
    path("<slug:slug>/criteria/", views.criteria, name="criteria"),
    path("<slug:slug>/questions/", views.questions, name="questions"),
    path("<slug:slug>/open/", views.open_call, name="open"),
]
