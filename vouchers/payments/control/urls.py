"""Addresses of policies, checklists and what was set aside; a claim is controlled at its own."""

from django.urls import path

from .views import controlling, policies

app_name = "control"
urlpatterns = [
    path("claims/<int:pk>/parked/", controlling.parked, name="parked"),
    path("claims/<int:pk>/send-back/", controlling.send_back, name="send_back"),
    path("policies/", policies.policies, name="policies"),
    path("policies/<int:pk>/confirm/", policies.confirm, name="confirm_policy"),
    path("policies/<int:pk>/drop/", policies.drop, name="drop_policy"),
    path("calls/<slug:slug>/checklist/", policies.checklist, name="checklist"),
]
