"""Addresses of claims, payment orders and rates."""

from django.urls import path

from . import views

app_name = "payments"
urlpatterns = [
    path("", views.listing, name="claim_list"),
    path("milestones/<int:pk>/claim/", views.submit, name="submit"),
    path("<int:pk>/", views.claim, name="claim"),
    path("<int:pk>/invoice/", views.invoice, name="invoice"),
    path("<int:pk>/verify/", views.verify, name="verify"),
    path("<int:pk>/approve/", views.approve, name="approve"),
    path("<int:pk>/return/", views.give_back, name="return"),
    path("<int:pk>/reverse/", views.reverse, name="reverse"),
    path("<int:pk>/order/", views.order, name="order"),
    path("<int:pk>/record/", views.record, name="record"),
    path("orders/", views.orders, name="orders"),
    path("rates/", views.rates, name="rates"),
    path("vouchers/<int:pk>/close/", views.accept_report, name="accept_report"),
]
