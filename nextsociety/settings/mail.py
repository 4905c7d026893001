"""E-mail."""

from .environment import DATA_DIR, PRODUCTION, env, required_in_production

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
