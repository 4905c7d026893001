"""E-mail."""

from .environment import DATA_DIR, PRODUCTION, env, required_in_production

DEFAULT_FROM_EMAIL = SERVER_EMAIL = required_in_production(
    "DEFAULT_FROM_EMAIL", "THE NEXT SOCIETY <portal@localhost>"
)
# A delivery service needs no mail server.
EMAIL_HOST = (
    env.str("EMAIL_HOST", "")
    if env.str("MAIL_SERVICE", "")
    else required_in_production("EMAIL_HOST", "")
)
EMAIL_PORT = env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 30
# Where reports of what could not be delivered go (the envelope's sender); empty: to DEFAULT_FROM_EMAIL.
BOUNCE_ADDRESS = env.str("BOUNCE_ADDRESS", "")
# The mailbox in which they arrive, read every five minutes: imaps://user:password@host/INBOX, or a
# folder on this machine, maildir:///path or mbox:///path. Empty: it is not read.
BOUNCE_MAILBOX = env.str("BOUNCE_MAILBOX", "")
# A service that delivers in place of a mail server ("mailgun", "postmark" …: django-anymail), with what
# it needs, as JSON: ANYMAIL='{"MAILGUN_API_KEY": "…"}'. It reports to /mail/events/<service>/tracking/
# with MAIL_EVENTS_SECRET ("name:password", at least 20 characters); without one nothing listens there.
MAIL_SERVICE = env.str("MAIL_SERVICE", "")
MAIL_EVENTS_SECRET = env.str("MAIL_EVENTS_SECRET", "")
ANYMAIL = {
    **dict(env.json("ANYMAIL", None) or {}),
    **({"WEBHOOK_SECRET": MAIL_EVENTS_SECRET} if MAIL_EVENTS_SECRET else {}),
}
# Outside production nothing is really sent, whatever the environment names: messages become files.
EMAIL_FILE_PATH = DATA_DIR / "mail"
if not PRODUCTION:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
elif MAIL_SERVICE:
    EMAIL_BACKEND = f"anymail.backends.{MAIL_SERVICE}.EmailBackend"
else:
    EMAIL_BACKEND = "jobs.letters.smtp.EmailBackend"
