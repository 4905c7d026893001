"""Addresses of profile, people and invitations; log-in and the like are django-allauth's."""

from django.urls import path

from . import views

app_name = "accounts"

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("people/", views.people, name="people"),
    path("people/invite/", views.invite, name="invite"),
    path("people/roles/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("people/invitations/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
]
