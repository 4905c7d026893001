"""Addresses of claims, payment orders and rates."""

from django.urls import path

from .views import claims, closing, control, orders, rates

app_name = "payments"
urlpatterns = [
    path("", claims.listing, name="claim_list"),
    path("milestones/<int:pk>/claim/", claims.submit, name="submit"),
    path("milestones/<int:pk>/worth/", claims.worth, name="worth"),
    path("<int:pk>/", claims.claim, name="claim"),
    path("<int:pk>/withdraw/", claims.withdraw, name="withdraw"),
    path("<int:pk>/share/", control.share, name="share"),
    path("<int:pk>/invoice/", claims.invoice, name="invoice"),
    path("<int:pk>/verify/", control.verify, name="verify"),
    path("<int:pk>/approve/", control.approve, name="approve"),
    path("<int:pk>/return/", control.give_back, name="return"),
    path("<int:pk>/reverse/", control.reverse, name="reverse"),
    path("orders/", orders.orders, name="orders"),
    path("rates/", rates.rates, name="rates"),
    path("rates/<int:pk>/correct/", rates.correct, name="correct_rate"),
    path("vouchers/<int:pk>/close/", closing.accept_report, name="accept_report"),
]
