"""Addresses of scoring."""

from django.urls import path

from . import views

app_name = "scoring"
urlpatterns = [
    path("", views.listing, name="list"),
    path("mine/", views.mine, name="mine"),
    path("applications/<int:pk>/", views.application, name="application"),
    path("assignments/<int:pk>/", views.assignment, name="assignment"),
    path("assignments/<int:pk>/conflict/", views.conflict, name="conflict"),
    path("assignments/<int:pk>/release/", views.release, name="release"),
    path("assignments/<int:pk>/files/<int:file_pk>/", views.attachment, name="attachment"),
    path(
        "assignments/<int:pk>/files/<int:file_pk>/pages/<int:number>/",
        views.preview,
        name="preview",
    ),
    path("<slug:slug>/ranking/", views.ranking, name="ranking"),
]
