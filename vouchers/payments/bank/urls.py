"""Addresses of what the bank says; `pk` is of what the path names last."""

from django.urls import path

from .views import files, lines, statements, unconfirmed

app_name = "bank"
urlpatterns = [
    path("", unconfirmed.listing, name="unconfirmed"),
    path("files/", files.listing, name="files"),
    path("files/new/", files.upload, name="upload"),
    path("files/<int:pk>/", files.file, name="file"),
    path("files/<int:pk>/bytes/", files.content, name="content"),
    path("statements/", statements.listing, name="statements"),
    path("statements/<int:pk>/", statements.statement, name="statement"),
    path("statements/<int:pk>/confirm/", statements.confirm, name="confirm"),
    path("lines/<int:pk>/", lines.line, name="line"),
    path("lines/<int:pk>/match/", lines.match, name="match"),
    path("lines/<int:pk>/aside/", lines.aside, name="aside"),
    path("lines/<int:pk>/charge/", lines.charge, name="charge"),
]
