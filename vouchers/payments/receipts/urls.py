"""Addresses of receipts: of a payee by its link, and of who reads (`pk`: a receipt, or its link)."""

from django.urls import path

from .views import answering, lists, reading

app_name = "receipts"
urlpatterns = [
    path("", lists.receipts, name="list"),
    path("<int:pk>/", reading.receipt, name="receipt"),
    path("<int:pk>/send/", reading.send, name="send"),
    path("<int:pk>/settle/", reading.settle, name="settle"),
    path("links/<int:pk>/withdraw/", reading.withdraw, name="withdraw"),
    path("answer/<str:secret>/", answering.ReceiptPage.as_view(), name="answer"),
]
