"""Addresses that only the demonstration has."""

from django.urls import path

from . import views

app_name = "demonstration"
urlpatterns = [
    path("mails/", views.mails, name="mails"),
    path("mails/<str:name>/", views.mail, name="mail"),
    path("mails/<str:name>/html/", views.as_html, name="as_html"),
]
