"""Addresses of technical assistance; `pk` is the voucher's unless the path says otherwise."""

from django.urls import path

from .views import terms

app_name = "assistance"
urlpatterns = [
    path("<int:pk>/terms/", terms.terms, name="terms"),
]
