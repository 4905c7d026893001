"""The portal's addresses where a delivery service reports to it."""

from django.urls import include, path

from nextsociety.urls import urlpatterns as portal

urlpatterns = [*portal, path("mail/events/", include("anymail.urls"))]
