"""Handing an e-mail over by SMTP, and knowing afterwards what is known.

Until the server asks for the text (354) nothing was sent, and an error is an error. Once it has asked, a
line that breaks leaves open whether it took the message: to send it again may send it twice, to forget it
may lose it. Only here can the two be told apart, so this says `OutcomeUnknown` for the second.
"""

from __future__ import annotations

import logging
import smtplib
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp

logger = logging.getLogger(__name__)
_TEXT_IS_ASKED_FOR = 354


class OutcomeUnknown(Exception):
    """The line broke after the text was handed over: nobody knows whether the server took it."""


class _Careful:
    """What a connection notes of how far the message came."""

    text_began = False
    answer: tuple[int, bytes] = (0, b"")

    def getreply(self) -> tuple[int, bytes]:
        code, words = super().getreply()  # type: ignore[misc]
        self.text_began = self.text_began or code == _TEXT_IS_ASKED_FOR
        return code, words

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.text_began = False
        try:
            self.answer = super().data(msg)  # type: ignore[misc]
        except smtplib.SMTPResponseException:
            # An answer, though no friendly one: the outcome is known.
            raise
        except Exception as error:
            # Also a worker that is told to stop while it waits.
            if self.text_began:
                raise OutcomeUnknown(f"{type(error).__name__}: {error}") from error
            raise
        return self.answer


class _Connection(_Careful, smtplib.SMTP):
    pass


class _SecureConnection(_Careful, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Django's own, on such a connection; what the server answers is kept on the message."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _SecureConnection if self.use_ssl else _Connection

    def _send(self, email_message: EmailMessage) -> bool:
        sent = super()._send(email_message)  # type: ignore[misc]
        code, words = getattr(self.connection, "answer", (0, b""))
        email_message.server_said = f"{code} {words.decode(errors='replace')}".strip()  # type: ignore[attr-defined]
        return sent

    def close(self) -> None:
        """Say goodbye; whatever comes of that changes nothing of what the server took."""
        try:
            super().close()
        except Exception:
            logger.warning("The mail server did not part in order", exc_info=True)
