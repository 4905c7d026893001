"""Every setting of the portal, read from the environment.

In production SECRET_KEY, ALLOWED_HOSTS, SITE_URL, DATABASE_URL, REDIS_URL, EMAIL_HOST and
DEFAULT_FROM_EMAIL must be set; the portal refuses to start without them. With DEMO=1 (or in the
tests) the embedded engines and throw-away values serve instead, and `.env` is not read: what is meant
for production (its mail server above all) never reaches a demonstration.
"""

import sys
import zoneinfo
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, validate
from whitenoise.compress import Compressor

from nextsociety import caching, embedded, queues, variables

# The machine's own time zones may be years old (Morocco left its summer time in 2026): every process
# reads those of the package tzdata, which is locked and tested with the rest.
zoneinfo.reset_tzpath(to=())
zoneinfo.ZoneInfo.clear_cache()

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
TESTING = "pytest" in sys.modules or env.bool("TESTING", False)
DEMO = env.bool("DEMO", False) and not TESTING
PRODUCTION = not (DEMO or TESTING)
if PRODUCTION:
    env.read_env(str(BASE_DIR / ".env"), override=False)
DEBUG = env.bool("DEBUG", False)
if DEBUG and PRODUCTION:
    raise ImproperlyConfigured(
        "DEBUG=1 shows secrets to whoever meets an error: it is for the demonstration and the tests, "
        "together with DEMO=1 or TESTING=1."
    )

DATA_DIR = Path(env.str("NEXTSOCIETY_DATA", str(BASE_DIR / ".data"))).resolve()


def required_in_production(name: str, fallback: str) -> str:
    """The variable `name`; outside production `fallback` serves where it is not set."""
    value = env.str(name, "")
    if value:
        return value
    if PRODUCTION:
        raise ImproperlyConfigured(f"Set the environment variable {name} (see docs/deployment.md).")
    return fallback


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
    "vouchers",
    "clusters",
    "notices",
    "documents",
    "files",
    "accounts",
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
    "django_htmx",
    "django_celery_beat",
    "i18nfield",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
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

# --- Engines: the servers of DATABASE_URL and REDIS_URL, or the embedded ones -------------------
DATABASE_URL = env.str("DATABASE_URL", "")
# The role that owns the tables; only what changes them (`migrate`) needs it.
MIGRATION_DATABASE_URL = env.str("MIGRATION_DATABASE_URL", "")
REDIS_URL = env.str("REDIS_URL", "")
if PRODUCTION:
    DATABASE_URL = required_in_production("DATABASE_URL", "")
    REDIS_URL = required_in_production("REDIS_URL", "")
if not DATABASE_URL:
    DATABASE_URL = embedded.database_url(DATA_DIR)
    MIGRATION_DATABASE_URL = embedded.owner_url(DATA_DIR)
if not REDIS_URL:
    REDIS_URL = embedded.redis_url(DATA_DIR)
# Tests that run side by side share a server, not its keys.
_test_worker = env.str("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
REDIS_URL = embedded.redis_database(
    REDIS_URL, env.int("REDIS_DATABASE", int(_test_worker) + 1 if TESTING else 0)
)

DATABASES = {
    "default": variables.database(DATABASE_URL, env.str("DATABASE_PASSWORD", "")),
}
# The same database as its owner: see conduct.models.owning.
OWNER_DATABASE = (
    variables.database(
        MIGRATION_DATABASE_URL,
        env.str("MIGRATION_DATABASE_PASSWORD", ""),
        name="MIGRATION_DATABASE_URL",
    )
    if MIGRATION_DATABASE_URL
    else DATABASES["default"]
)
CACHES = {
    # Redis; while it is away, the spare cache.
    "default": {
        "BACKEND": "nextsociety.caching.SteadyCache",
        "LOCATION": embedded.redis_py_url(REDIS_URL),
        "OPTIONS": dict(caching.CONNECTION),
    },
    # Redis itself, for what tells whether it is there.
    "redis": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": embedded.redis_py_url(REDIS_URL),
        "OPTIONS": dict(caching.CONNECTION),
    },
    caching.SPARE: {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "spare_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_QUEUES = queues.declared()
CELERY_TASK_DEFAULT_QUEUE = "clock"
CELERY_TASK_ROUTES = queues.routes()
CELERY_TASK_ANNOTATIONS = queues.limits()
# For a task of a package, should one ever be queued; ours have limits of their own.
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
# A worker takes what it can work on, and leaves the rest to the others of its queue.
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# A process that has grown, or has done much, is followed by a fresh one after its task.
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_MAX_MEMORY_PER_CHILD = env.int("WORKER_MEMORY_MB", 512) * 1024
# No task may take more than this: it fails by itself, and the machine does not stand still.
WORKER_MEMORY_LIMIT_MB = env.int("WORKER_MEMORY_LIMIT_MB", 2048)
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# However long Redis is away, its workers come back to it.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BEAT_SCHEDULE = queues.schedule()
# With Redis away a click must not hang: the rows are there, and the sweepers queue them later.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    # A task that a dead worker took comes back after this; never while it may still be running.
    "visibility_timeout": queues.longest() + 600,
}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- People ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "full_name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
# Everybody who holds a role needs it; demonstration accounts are for looking around.
SECOND_FACTOR_REQUIRED = not DEMO

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "THE NEXT SOCIETY · "
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 3
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.partition(":")[0]
# Per address (ip), per account aimed at (key) or per person logged in (user).
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "10/m/ip",
    "reset_password": "10/m/ip,3/10m/key",
    "reset_password_from_key": "10/m/ip",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "5/m/user",
    "confirm_email": "1/3m/key",
}
# How many proxies of our own stand before the web process, and so name the client.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 1 if PRODUCTION else 0)
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.code_forms.AuthenticateForm",
    "reauthenticate": "accounts.code_forms.ReauthenticateForm",
    "activate_totp": "accounts.code_forms.ActivateTOTPForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "THE NEXT SOCIETY"
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey stands for password and second factor at once, so it must check the person.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Browsers treat localhost as secure although it has no certificate.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
# Sessions are listed from log-in on; following every click would cost each page four queries.
USERSESSIONS_TRACK_ACTIVITY = False
# Where the list of countries for invitations comes from: accounts lies below clusters.
ROLE_COUNTRIES = "clusters.queries.country_choices"
# What in rooms above stands against a role: functions of a person that give a sentence, or "".
ROLE_OBSTACLES = ["clusters.queries.obstacle_to_role"]
# How people are told what happens to accounts and roles; messages lie in a room above, too.
PEOPLE_ARE_TOLD_BY = "notices.actions.notify"

# --- What browsers are told --------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "session"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_ENGINE = "django.contrib.sessions.backends.db"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600

# --- Languages and time ------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["nextsociety.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
# Where the programme is run: what coordinators type is the time there.
PROGRAMME_TIME_ZONE = "Europe/Brussels"

# --- Files -------------------------------------------------------------------------------------
STATIC_URL = "static/"
# What was collected for a deployment may be old: the tests serve the sources.
STATIC_ROOT = DATA_DIR / "never-collected" if TESTING else BASE_DIR / "staticfiles"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    # From npm, served as they are.
    ("vendor/bootstrap", BASE_DIR / "node_modules" / "bootstrap" / "dist"),
    ("vendor/htmx", BASE_DIR / "node_modules" / "htmx.org" / "dist"),
    ("vendor/tus", BASE_DIR / "node_modules" / "tus-js-client" / "dist"),
]
STORAGES = {
    "default": {"BACKEND": "files.storing.WholeFileStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Maps are for whoever debugs a script; compressing them takes most of the time of collecting.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING or DEBUG
# Private: nothing below is ever served by URL, only through a view that checks who asks.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(DATA_DIR / "files")))
# Small files of forms wait in memory, larger ones in the system's temporary folder.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "files.receiving.SparingFileHandler",
]
# Where files lie while they arrive piece by piece; below MEDIA_ROOT unless said otherwise.
UPLOAD_ROOT = env.str("UPLOAD_ROOT", "")
# In bytes. No call, claim or form takes a larger file, whatever it says itself.
MAX_UPLOAD_SIZE = env.int("MAX_UPLOAD_SIZE", 50 * 1024 * 1024)
# With less room left than this, coordinators and administrators are told on their desks.
LOW_DISK_MB = env.int("LOW_DISK_MB", 2048)
# The folder of a proxy that sends private files for us, such as /private/; empty: we send them.
X_ACCEL_REDIRECT_PREFIX = env.str("X_ACCEL_REDIRECT_PREFIX", "")
# The virus scanner: tcp://host:port or unix:///path. Without it nothing is scanned.
CLAMD_URL = env.str("CLAMD_URL", "")
CLAMD_TIMEOUT = env.int("CLAMD_TIMEOUT", 30)
# What becomes of a file while the scanner does not answer: "refuse" it, or "hold" it until it does.
CLAMD_WHEN_AWAY = env.str("CLAMD_WHEN_AWAY", "refuse", validate=validate.OneOf(["refuse", "hold"]))

# --- History -----------------------------------------------------------------------------------
PGHISTORY_APPEND_ONLY = True

# --- Forms -----------------------------------------------------------------------------------
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- E-mail ------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = SERVER_EMAIL = required_in_production(
    "DEFAULT_FROM_EMAIL", "THE NEXT SOCIETY <portal@localhost>"
)
EMAIL_HOST = required_in_production("EMAIL_HOST", "")
EMAIL_PORT = env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 30
# Outside production nothing is really sent, whatever the environment names: messages become files.
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if PRODUCTION
    else "django.core.mail.backends.filebased.EmailBackend"
)

# --- Money -------------------------------------------------------------------------------------
# The accounts that the programme pays from, as finance officers name them; the first is the usual
# one. A bank's reference is unique within its account.
PAYING_ACCOUNTS = [
    name.strip() for name in env.list("PAYING_ACCOUNTS", ["Programme account"]) if name.strip()
] or ["Programme account"]

# --- Logs --------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        # WeasyPrint and fontTools tell of every glyph.
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
        # qpdf tells of every flaw of every file that somebody uploads.
        "pikepdf": {"level": "ERROR"},
        # Scanners and probes call by address: they are told 400, and nobody needs to read of each.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
        "django_celery_beat": {"level": "WARNING"},
    },
}
