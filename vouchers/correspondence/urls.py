"""Addresses of messages and questions."""

from django.urls import path

from .views import questions, threads

app_name = "correspondence"
urlpatterns = [
    path("applications/", threads.listing, name="threads"),
    path("applications/<int:pk>/", threads.thread, name="thread"),
    path("applications/<int:pk>/settle/", threads.settle, name="settle"),
    path("vouchers/", threads.voucher_listing, name="voucher_threads"),
    path("vouchers/<int:pk>/", threads.voucher_thread, name="voucher_thread"),
    path("vouchers/<int:pk>/settle/", threads.settle_voucher, name="settle_voucher"),
    path("calls/<slug:slug>/", questions.questions, name="questions"),
    path("calls/<slug:slug>/feed/", questions.AnswersFeed(), name="feed"),
    path("questions/", questions.everything, name="everything"),
    path("questions/<int:pk>/", questions.answer, name="answer"),
    path("questions/<int:pk>/set-aside/", questions.set_aside, name="set_aside"),
]
