"""Addresses of documents and of their public verification."""

from django.urls import path

from . import views

app_name = "documents"
urlpatterns = [
    path("documents/<uuid:document_id>/", views.download, name="download"),
    path("documents/<uuid:document_id>/status/", views.status, name="status"),
    path("documents/<uuid:document_id>/archive/", views.archive, name="archive"),
    path("documents/<uuid:document_id>/retry/", views.retry, name="retry"),
    path("verify/", views.verify_form, name="verify_form"),
    path("verify/<str:code>/", views.verify, name="verify"),
]
