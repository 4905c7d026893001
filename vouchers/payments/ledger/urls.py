"""Addresses of the ledger."""

from django.urls import path

from .views import pages, writing

app_name = "ledger"
urlpatterns = [
    path("", pages.trial, name="trial"),
    path("accounts/<int:pk>/", pages.account, name="account"),
    path("accounts/<int:pk>/document/", pages.issue_account, name="issue_account"),
    path("vouchers/<int:pk>/", pages.statement, name="statement"),
    path("vouchers/<int:pk>/document/", pages.issue_statement, name="issue_statement"),
    path("calls/<slug:slug>/entries.csv", pages.journal, name="journal"),
    path("calls/<slug:slug>/document/", pages.issue_trial, name="issue_trial"),
    path("periods/", writing.periods, name="periods"),
    path("periods/<int:pk>/", writing.period, name="period"),
    path("periods/proposals/<int:pk>/close/", writing.close, name="close_period"),
    path("periods/proposals/<int:pk>/drop/", writing.drop, name="drop_period"),
    path("earlier/", writing.earlier, name="earlier"),
    path("earlier/<int:pk>/take-back/", writing.take_back, name="take_back"),
    path("seals/", pages.seals, name="seals"),
]
