"""Addresses of the texts that coordinators own."""

from django.urls import path

from . import views

app_name = "texts"
urlpatterns = [
    path("texts/", views.texts, name="list"),
    path("texts/versions/<int:pk>/", views.version, name="version"),
    path("texts/<str:family>/<slug:kind>/<str:language>/", views.text, name="text"),
    path("texts/<str:family>/<slug:kind>/<str:language>/sample/", views.sample, name="sample"),
    path("texts/<str:family>/<slug:kind>/<str:language>/drawn/", views.drawn, name="drawn"),
    path("texts/<str:family>/<slug:kind>/<str:language>/reset/", views.reset, name="reset"),
]
