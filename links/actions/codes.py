"""Sending a code to a link's holder, and taking it."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy

from conduct.actions import action, locked
from conduct.actions.queueing import queue_after_commit
from links.models import LinkCode, Proven
from links.rules.secrets import code_from
from links.tasks import mail_link_code

_KEPT_FOR = timedelta(days=1)


@action(gettext_lazy("Code for a personal link sent"))
def send_code(link: Proven, *, language: str, mail: str = "links/mails/code") -> LinkCode:
    """Write a code for the browser that asks; it is mailed to the link's own address after the commit.

    `mail` names the templates of the message. How many are sent is limited by the page that asks
    (`links.actions.throttling`). Codes of the day before are removed.
    """
    now = timezone.now()
    LinkCode.objects.filter(expires_at__lt=now - _KEPT_FOR).delete()
    code = LinkCode.objects.create(
        link=link.reference,
        email=link.email,
        mail=mail,
        language=language,
        seed=secrets.token_hex(32),
        next_attempt_at=LinkCode.first_turn(),
    )
    queue_after_commit(mail_link_code, code.pk)
    return code


@action(gettext_lazy("Code of a personal link tried"))
def prove_with_code(link: Proven, code: LinkCode, *, typed: str) -> bool:
    """Whether `typed` is the code, which then is used up; a wrong one is counted.

    After MOST_WRONG_CODES, once used, or too late, it is refused whatever is typed.
    """
    code = locked(code)
    right = constant_time_compare(code_from(code.seed, settings.SECRET_KEY), typed)
    if code.link != link.reference or not code.may_be_tried:
        return False
    if right:
        code.used_at = timezone.now()
        code.save(update_fields=["used_at"])
        return True
    code.wrong += 1
    code.save(update_fields=["wrong"])
    return False
