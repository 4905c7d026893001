"""Addresses of consultants; `pk` is the provider's unless the path says otherwise."""

from django.urls import path

from . import views

app_name = "providers"
urlpatterns = [
    path("", views.providers, name="list"),
    path("<int:pk>/", views.provider, name="provider"),
    path("<int:pk>/facts/", views.describe, name="describe"),
    path("<int:pk>/distinct/<int:other_pk>/", views.tell_apart, name="tell_apart"),
    path("<int:pk>/account/", views.change_account, name="change_account"),
    path("accounts/<int:pk>/verify/", views.verify_account, name="verify_account"),
    path("<int:pk>/link/", views.send_link, name="send_link"),
    path("links/<int:pk>/withdraw/", views.withdraw_link, name="withdraw_link"),
    path("own/<str:secret>/", views.OwnPage.as_view(), name="own"),
]
