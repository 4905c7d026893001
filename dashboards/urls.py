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
    path("outbox/", views.sent_notices, name="outbox"),
    path("outbox/<uuid:notice_id>/again/", views.send_again, name="send_again"),
    path("background/", views.background, name="background"),
    path("background/<slug:kind>/again/", views.try_again, name="try_again"),
    path("results/", views.results, name="results"),
]
