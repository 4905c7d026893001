"""Addresses of applications."""

from django.urls import path

from . import attaching, copying, listing, printing, sending, views, writing

app_name = "applications"
urlpatterns = [
    path("", listing.sent, name="list"),
    path("export/", listing.export_sent, name="export"),
    path("mine/", listing.mine, name="mine"),
    path("mine/export/", listing.export_mine, name="export_mine"),
    path("start/<slug:slug>/", writing.start, name="start"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", writing.edit, name="edit"),
    path("<int:pk>/edit/<int:place>/", writing.section, name="section"),
    path("<int:pk>/save/", writing.save, name="save"),
    path("<int:pk>/session/", writing.session, name="session"),
    path("<int:pk>/attach/<int:question>/", attaching.attach, name="attach"),
    path("<int:pk>/review/", sending.review, name="review"),
    path("<int:pk>/submit/", sending.submit, name="submit"),
    path("<int:pk>/withdraw/", sending.withdraw, name="withdraw"),
    path("<int:pk>/reopen/", sending.reopen, name="reopen"),
    path("<int:pk>/copy/", copying.copy, name="copy"),
    path("<int:pk>/print/", printing.print_draft, name="print"),
    path("files/<int:pk>/", attaching.attachment, name="attachment"),
    path("files/<int:pk>/pages/<int:number>/", attaching.preview, name="preview"),
    path("files/<int:pk>/remove/", attaching.remove, name="remove"),
]
