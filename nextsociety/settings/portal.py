"""The portal itself: its address, its apps, what each request passes through, its pages."""

from django.core.exceptions import ImproperlyConfigured

from nextsociety import variables

from .environment import BASE_DIR, PRODUCTION, required_in_production

SECRET_KEY = required_in_production("SECRET_KEY", "only-for-the-demo-and-the-tests-" + "x" * 32)
if PRODUCTION and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10):
    raise ImproperlyConfigured("SECRET_KEY is weak: 50 random characters at least.")

SITE_URL = required_in_production("SITE_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = variables.hosts(
    required_in_production("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")
)
if PRODUCTION:
    SITE_URL = variables.public_address(SITE_URL, ALLOWED_HOSTS)
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "demonstration",
    "dashboards",
    "reports",
    "vouchers",
    "clusters",
    "drafts",
    "notices",
    "documents",
    "texts",
    "charts",
    "files",
    "links",
    "bulk",
    "saved_views",
    "accounts",
    "lists",
    "exports",
    "jobs",
    "conduct",
    "inputs",
    "whitenoise.runserver_nostatic",
    "nextsociety.static_files.PortalStaticFilesConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rules.apps.AutodiscoverRulesConfig",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "django_celery_beat",
    "anymail",
    "i18nfield",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "nextsociety.data_stack.DataStackMiddleware",
    # Probes call by address: they are answered before the host is checked.
    "nextsociety.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Lines are slow; Django pads the answers, so that their length tells nothing (BREACH).
    "files.middleware.CompressPagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "accounts.middleware.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.PrivatePagesMiddleware",
    "accounts.middleware.PreferenceMiddleware",
    "clusters.middleware.ReadersCountryMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Before any view, and so before anything reads what a form sends.
    "conduct.middleware.ReadableAddressMiddleware",
    "files.middleware.RequestSizeMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "conduct.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "nextsociety.urls"
WSGI_APPLICATION = "nextsociety.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

PGHISTORY_APPEND_ONLY = True
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
