"""Addresses of consensuses."""

from django.urls import path

from . import views

urlpatterns = [
    path("consensus/", views.listing, name="consensuses"),
    path("applications/<int:pk>/consensus/", views.consensus, name="consensus"),
    path("applications/<int:pk>/consensus/agree/", views.agree, name="agree"),
    path("applications/<int:pk>/consensus/again/", views.again, name="consensus_again"),
    path("applications/<int:pk>/consensus/rapporteur/", views.rapporteur, name="rapporteur"),
    path("applications/<int:pk>/consensus/step-back/", views.step_back, name="step_back"),
    path("applications/<int:pk>/consensus/third/", views.third, name="third"),
]
