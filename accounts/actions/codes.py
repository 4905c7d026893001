"""A code of an app is good once."""

from __future__ import annotations

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache


def prove_with_app(app: Authenticator, typed: str) -> bool:
    """Return whether `typed` is the app's code of now, and was not used before; it is used up then."""
    is_right = app.wrap().validate_code(typed)
    if is_right:
        keep_used(app, typed)
    return is_right


def keep_used(authenticator: Authenticator, code: str) -> None:
    """Keep that `code` was used for as long as it would be right (RFC 6238, 5.2: once only).

    django-allauth forgets it after one period of 30 s, while the tolerance lets it pass for as many
    more on either side. A code of another kind of second factor is not kept there: nothing to do.
    """
    if authenticator.type != Authenticator.Type.TOTP:
        return
    key = TOTP(authenticator)._get_used_cache_key(code)  # noqa: SLF001 (no public name for it)
    cache.touch(key, app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1))
