"""Addresses of selections and awards."""

from django.urls import path

from . import views

app_name = "awards"
urlpatterns = [
    path("", views.rounds, name="rounds"),
    path("propose/<slug:slug>/", views.propose, name="propose"),
    path("rounds/<int:pk>/", views.selection, name="round"),
    path("rounds/<int:pk>/approve/", views.approve, name="approve"),
    path("rounds/<int:pk>/return/", views.send_back, name="return"),
    path("<int:pk>/", views.award, name="award"),
    path("<int:pk>/accept/", views.accept, name="accept"),
    path("<int:pk>/decline/", views.decline, name="decline"),
]
