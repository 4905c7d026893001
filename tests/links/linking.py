"""What tests of personal links do again and again: a provider with a link, and browsers that open it."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from links.models import LinkCode
from links.tasks import mail_link_code
from tests.providers.registering import cast, officer, register
from vouchers.providers.actions.links import send_provider_link
from vouchers.providers.models import ProviderLink
from vouchers.providers.tasks import mail_provider_link

__all__ = ["cast", "linked", "officer"]


@pytest.fixture
def linked(cast, officer):
    """The link of a Lebanese provider, mailed; `address` is what the mail says."""
    return sent(register(cast, email="amal@cedar.example"), officer)


def sent(provider, officer, **more) -> tuple[ProviderLink, str]:
    """A link that is mailed, and its path."""
    link = send_provider_link(provider, by=officer, **more)
    mail_provider_link(link.pk)
    link.refresh_from_db()
    return link, path_in(mail.outbox[-1].body)


def path_in(body: str) -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", body)[1]


def newest_code() -> str:
    """The code of the newest e-mail, sent by the worker now."""
    mail_link_code(LinkCode.objects.latest("pk").pk)
    return re.search(r"^\d{6}$", mail.outbox[-1].body, re.MULTILINE)[0]


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def proven(address: str, browser: Client | None = None) -> Client:
    """A browser that has given its code."""
    browser = browser or Client()
    browser.post(address, {"link_step": "send"})
    answer = browser.post(address, {"link_step": "try", "link_code": newest_code()})
    assert answer.status_code == 302, answer.content.decode()
    return browser
