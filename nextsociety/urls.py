"""The portal's addresses: one include for each room."""

from django.conf import settings
from django.urls import include, path

from accounts.views import choose_language

from .health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("language/", choose_language, name="set_language"),
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("", include("documents.urls")),
    path("", include("files.urls")),
    path("", include("notices.urls")),
    path("", include("texts.urls")),
    path("bulk/", include("bulk.urls")),
    path("views/", include("saved_views.urls")),
    path("clusters/", include("clusters.urls")),
    path("", include("vouchers.urls")),
    path("", include("reports.urls")),
    path("", include("dashboards.urls")),
]

if settings.MAIL_EVENTS_SECRET:
    # What a delivery service reports; who does not know the secret is refused by django-anymail.
    urlpatterns += [path("mail/events/", include("anymail.urls"))]
if settings.DEMO:
    urlpatterns += [path("demonstration/", include("demonstration.urls"))]

# A full disk shows outside views too: see conduct.views.no_space.
handler500 = "conduct.views.no_space.server_error"
