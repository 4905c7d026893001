"""Addresses of corrections after audit (`pk`: a correction, a claim to be corrected, or a part)."""

from django.urls import path

from .views import correcting, lists, recovering

app_name = "recoveries"
urlpatterns = [
    path("", lists.corrections, name="list"),
    path("claims/<int:pk>/", correcting.propose, name="propose"),
    path("<int:pk>/", correcting.correction, name="correction"),
    path("<int:pk>/decide/", correcting.decide, name="decide"),
    path("<int:pk>/refuse/", correcting.refuse, name="refuse"),
    path("<int:pk>/demand/", recovering.demand, name="demand"),
    path("<int:pk>/set-off/", recovering.set_off, name="set_off"),
    path("<int:pk>/received/", recovering.receive, name="receive"),
    path("<int:pk>/waive/", recovering.waive, name="waive"),
    path("parts/<int:pk>/confirm/", recovering.confirm, name="confirm"),
    path("parts/<int:pk>/take-back/", recovering.take_back, name="take_back"),
]
