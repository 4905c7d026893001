"""Addresses of what each role looks at."""

from django.urls import path

from .search.views import search
from .views import (
    assistance,
    background,
    home,
    indicators,
    outbox,
    overview,
    results,
    vouchers,
    work,
)

app_name = "dashboards"
urlpatterns = [
    path("", home.home, name="home"),
    path("vouchers/", vouchers.vouchers, name="vouchers"),
    path("vouchers/<int:pk>/", vouchers.voucher, name="voucher"),
    path("milestones/", assistance.milestones, name="milestones"),
    path("sessions/", assistance.sessions, name="sessions"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("desk/<slug:work>/", work.work, name="work"),
    path("overview/", overview.overview, name="overview"),
    path("outbox/", outbox.sent_notices, name="outbox"),
    path("outbox/<uuid:notice_id>/again/", outbox.send_again, name="send_again"),
    path("background/", background.background, name="background"),
    path("background/<slug:kind>/again/", background.try_again, name="try_again"),
    path("search/", search, name="search"),
    path("results/", results.results, name="results"),
]
