"""Addresses of claims, payment orders and rates."""

from django.urls import path

from .claims.views import advancing, reading, writing
from .control.views import controlling
from .views import claims, closing, control, orders, rates

app_name = "payments"
urlpatterns = [
    path("", claims.listing, name="claim_list"),
    path("vouchers/<int:pk>/claim/", writing.write, name="submit"),
    path("vouchers/<int:pk>/claim/worth/", writing.worth, name="worth"),
    path("vouchers/<int:pk>/advance/", advancing.ask, name="advance"),
    path("<int:pk>/", claims.claim, name="claim"),
    path("<int:pk>/withdraw/", claims.withdraw, name="withdraw"),
    path("invoices/<int:pk>/share/", control.share, name="share"),
    path("invoices/files/<int:pk>/", reading.file, name="file"),
    path("invoices/files/<int:pk>/<int:number>/", reading.preview, name="preview"),
    path("<int:pk>/verify/", controlling.control, name="verify"),
    path("<int:pk>/approve/", control.approve, name="approve"),
    path("<int:pk>/return/", control.give_back, name="return"),
    path("<int:pk>/reject/", control.reject, name="reject"),
    path("<int:pk>/reverse/", control.reverse, name="reverse"),
    path("orders/", orders.orders, name="orders"),
    path("rates/", rates.rates, name="rates"),
    path("rates/files/", rates.upload, name="upload_rates"),
    path("rates/files/<int:pk>/", rates.rate_file, name="rate_file"),
    path("rates/<int:pk>/confirm/", rates.confirm, name="confirm_rate"),
    path("rates/<int:pk>/correct/", rates.correct, name="correct_rate"),
    path("vouchers/<int:pk>/close/", closing.accept_report, name="accept_report"),
]
