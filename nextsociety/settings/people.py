"""Who logs in and how: passwords, second factors, limits, and what rooms above say of a role."""

from .environment import DEMO, PRODUCTION, env
from .portal import SITE_URL

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
        "NAME": "accounts.forms.passwords.LongEnough",
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
# Codes that sign agreements and links that set passwords go to the address of the account: who finds a
# browser left open, or a session, must not make it their own.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
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
# People mistype verification codes; machines do it faster. Only codes that do not exist are counted.
CODE_RATE_LIMITS = {"wrong_code": "20/10m/ip"}
# Of personal links (links/): secrets that do not exist, codes that are sent, codes that are typed.
LINK_RATE_LIMITS = {
    "wrong_link": "20/10m/ip",
    "link_code": "20/h/ip,5/h/key",
    "try_link_code": "40/h/ip,15/h/key",
}
# How many proxies of our own stand before the web process, and so name the client.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 1 if PRODUCTION else 0)
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.codes.AuthenticateForm",
    "reauthenticate": "accounts.forms.codes.ReauthenticateForm",
    "activate_totp": "accounts.forms.codes.ActivateTOTPForm",
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
