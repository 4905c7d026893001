"""Addresses of what each role looks at."""

from django.urls import path

from . import views

app_name = "dashboards"
urlpatterns = [
    path("", views.home, name="home"),
    path("vouchers/", views.vouchers, name="vouchers"),
    path("vouchers/<int:pk>/", views.voucher, name="voucher"),
    path("overview/", views.overview, name="overview"),
    path("overview/<slug:slug>/report/", views.report, name="report"),
    path("results/", views.results, name="results"),
]
