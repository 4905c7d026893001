"""Addresses of the eligibility check."""

from django.urls import path

from .views import checks, clarifications, duplicates, lists

app_name = "eligibility"
urlpatterns = [
    path("", lists.waiting, name="waiting"),
    path("<int:pk>/check/", checks.check, name="check"),
    path("<int:pk>/draft/", checks.draft, name="draft"),
    path("<int:pk>/reopen/", checks.reopen, name="reopen"),
    path("<int:pk>/ask/", clarifications.ask, name="ask"),
    path("<int:pk>/compare/", duplicates.compare, name="compare"),
    path("clarifications/<int:pk>/", clarifications.clarification, name="clarification"),
    path("clarifications/<int:pk>/save/", clarifications.save, name="save"),
    path("clarifications/<int:pk>/send/", clarifications.send, name="send"),
    path("clarifications/<int:pk>/end/", clarifications.end, name="end"),
    path("questions/<int:pk>/add/", clarifications.add, name="add_file"),
    path("files/<int:pk>/", clarifications.file, name="file"),
    path("files/<int:pk>/remove/", clarifications.remove, name="remove_file"),
    path("hints/<int:pk>/", duplicates.duplicate, name="hint"),
]
