"""Addresses of plans; `pk` is the voucher's unless the path says otherwise."""

from django.urls import path

from .views import reading, writing

app_name = "plans"
urlpatterns = [
    path("<int:pk>/plan/", writing.plan, name="plan"),
    path("plan-versions/<int:pk>/save/", writing.save, name="save"),
    path("plan-versions/<int:pk>/session/", writing.session, name="session"),
    path("<int:pk>/plan/amend/", reading.amend, name="amend"),
    path("<int:pk>/plan/<int:version_number>/", reading.version, name="version"),
    path("<int:pk>/plan/<int:version_number>/changes/", reading.changes, name="changes"),
    path("<int:pk>/plan/<int:version_number>/send/", reading.send, name="send"),
    path("<int:pk>/plan/<int:version_number>/approve/", reading.approve, name="approve"),
    path("<int:pk>/plan/<int:version_number>/return/", reading.return_plan, name="return"),
    path("<int:pk>/plan/<int:version_number>/take-back/", reading.take_back, name="take_back"),
]
