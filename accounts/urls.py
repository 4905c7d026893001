"""Addresses of profile, people and invitations; log-in and the like are django-allauth's."""

from django.urls import path

from . import views

app_name = "accounts"

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("people/", views.people, name="people"),
    path("people/roles/", views.given_roles, name="roles"),
    path("people/roles/exclusions/<int:pk>/lift/", views.lift, name="lift"),
    path("people/invite/", views.invite, name="invite"),
    path("people/roles/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("people/<int:user_pk>/", views.account, name="account"),
    path("people/<int:user_pk>/reset/", views.reset_factors, name="reset_factors"),
    path("people/<int:user_pk>/reset/confirm/", views.confirm_reset, name="confirm_reset"),
    path("people/<int:user_pk>/reset/withdraw/", views.withdraw_reset, name="withdraw_reset"),
    path("people/<int:user_pk>/log-out/", views.log_out, name="log_out"),
    path("people/<int:user_pk>/deactivate/", views.deactivate, name="deactivate"),
    path("people/<int:user_pk>/reactivate/", views.reactivate, name="reactivate"),
    path("people/invitations/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("people/invitations/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
]
