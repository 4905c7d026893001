"""Addresses of where vouchers stand; `pk` is the voucher’s."""

from django.urls import path

from . import views

app_name = "standing"
urlpatterns = [
    path("<int:pk>/light/", views.light, name="light"),
    path("<int:pk>/light/lift/", views.lift, name="lift"),
]
