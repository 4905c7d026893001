"""Addresses of applications."""

from django.urls import path

from .views import attachments, copying, detail, lists, printing, saving, sending, writing

app_name = "applications"
urlpatterns = [
    path("", lists.sent, name="list"),
    path("export/", lists.export_sent, name="export"),
    path("mine/", lists.mine, name="mine"),
    path("mine/export/", lists.export_mine, name="export_mine"),
    path("start/<slug:slug>/", writing.start, name="start"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/edit/", writing.edit, name="edit"),
    path("<int:pk>/edit/<int:place>/", writing.section, name="section"),
    path("<int:pk>/save/", saving.save, name="save"),
    path("<int:pk>/session/", saving.session, name="session"),
    path("<int:pk>/attach/<int:question>/", attachments.attach, name="attach"),
    path("<int:pk>/review/", sending.review, name="review"),
    path("<int:pk>/submit/", sending.submit, name="submit"),
    path("<int:pk>/withdraw/", sending.withdraw, name="withdraw"),
    path("<int:pk>/reopen/", sending.reopen, name="reopen"),
    path("<int:pk>/copy/", copying.copy, name="copy"),
    path("<int:pk>/print/", printing.print_draft, name="print"),
    path("files/<int:pk>/", attachments.attachment, name="attachment"),
    path("files/<int:pk>/pages/<int:number>/", attachments.preview, name="preview"),
    path("files/<int:pk>/remove/", attachments.remove, name="remove"),
]
