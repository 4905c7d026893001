"""Addresses of what each role looks at."""

from django.urls import path

from .history import views as history
from .search.views import search
from .views import (
    assistance,
    background,
    home,
    indicators,
    messages,
    outbox,
    overview,
    reported,
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
    path("outbox/<uuid:notice_id>/", messages.message, name="message"),
    path("outbox/<uuid:notice_id>/html/", messages.as_html, name="message_html"),
    path("outbox/<uuid:notice_id>/words/", messages.reword, name="reword_message"),
    path("outbox/<uuid:notice_id>/hold/", messages.hold, name="hold_message"),
    path("outbox/<uuid:notice_id>/release/", messages.release, name="release_message"),
    path("outbox/<uuid:notice_id>/cancel/", messages.cancel, name="cancel_message"),
    path("outbox/<uuid:notice_id>/arrived/", messages.arrived, name="message_arrived"),
    path("outbox/<uuid:notice_id>/once-more/", messages.once_more, name="send_once_more"),
    path("outbox/reports/", reported.reports, name="reports"),
    path("outbox/reports/<int:pk>/seen/", reported.report_seen, name="report_seen"),
    path("background/", background.background, name="background"),
    path("background/<slug:kind>/again/", background.try_again, name="try_again"),
    path("history/", history.history, name="history"),
    path("history/<slug:model>/<slug:record>/", history.history_of, name="history_of"),
    path("history/<uuid:deed_id>/", history.deed, name="deed"),
    path("search/", search, name="search"),
    path("results/", results.results, name="results"),
]
