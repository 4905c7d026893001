"""Where django-allauth asks the portal how to go about accounts and second factors."""

from __future__ import annotations

import base64
import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from .models import User

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up by anybody who represents a cluster; it gives no role."""

    def save_user(
        self,
        request: HttpRequest,
        user: User,
        form: BaseForm,
        commit: bool = True,  # noqa: FBT001, FBT002 (allauth's)
    ) -> User:
        """Keep the name and the language of the sign-up form with the account, in one write."""
        user = super().save_user(request, user, form, commit=False)
        user.full_name = form.cleaned_data["full_name"]
        user.language = form.cleaned_data["language"]
        if commit:
            user.save()
        return user

    def unstash_verified_email(self, request: HttpRequest) -> None:
        """Add no address of an invitation to an account that signs up with another one.

        What the invitation's link proved counts all the same, in is_email_verified(), for whoever
        signs up with the invited address; it is forgotten at log-in.
        """

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        request.session.pop("account_verified_email", None)
        return super().post_login(request, user, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a message about the account; tell the person when the mail server is down.

        Such a message holds a link for whoever waits for it on this page, so it is not queued:
        they are asked to press again.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError):
            logger.exception("could not send %s", template_prefix)
            messages.error(
                self.request,
                _("We could not send your e-mail just now. Please try again in a few minutes."),
            )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps second factors encrypted, and with everybody who must have one."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether another authenticator stays behind, or none is needed."""
        if not (settings.SECOND_FACTOR_REQUIRED and authenticator.user.is_staff_member):
            return True
        return (
            Authenticator.objects.filter(user=authenticator.user)
            .exclude(type=Authenticator.Type.RECOVERY_CODES)
            .exclude(pk=authenticator.pk)
            .exists()
        )

    def _get_site_name(self) -> str:
        return settings.MFA_TOTP_ISSUER


def _cipher() -> MultiFernet:
    """Encrypts with SECRET_KEY; reads what its predecessors (SECRET_KEY_FALLBACKS) encrypted."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [
            Fernet(
                base64.urlsafe_b64encode(
                    salted_hmac(
                        "accounts.second-factor", "key", secret=secret, algorithm="sha256"
                    ).digest()
                )
            )
            for secret in secrets
        ]
    )
