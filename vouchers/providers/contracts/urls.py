"""Addresses of contracts with providers; `pk` is the voucher's."""

from django.urls import path

from . import views

app_name = "contracts"
urlpatterns = [
    path("<int:pk>/", views.contract, name="contract"),
    path("<int:pk>/enter/", views.enter, name="enter"),
    path("<int:pk>/file/", views.file, name="file"),
]
