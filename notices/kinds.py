"""The kinds of e-mails whose wording coordinators may own: all that have templates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.template import Engine
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from texts.kinds import PASSAGE, SUBJECT, Family, OwnedKind, TextPassage, register_source

from .wording.topics import topic_of

_FOLDER = Path(settings.BASE_DIR) / "templates" / "notices"
_SUBJECT = ".subject.txt"
# How the names of those begin that are about people and payments across calls.
_OF_NO_CALL = (
    *("account-", "bank-", "batch-", "factors-", "invitation-", "mail-"),
    *("notice-", "page-"),
    *("partner-", "policy-", "provider-", "role-", "roles-"),
)


def mails() -> Iterator[OwnedKind]:
    """Each kind of notice with its subject and text, by topic and name."""
    slugs = sorted(path.name.removesuffix(_SUBJECT) for path in _FOLDER.glob(f"*{_SUBJECT}"))
    for slug in sorted(
        slugs, key=lambda one: (list(type(topic_of(one))).index(topic_of(one)), one)
    ):
        subject, body = (
            Engine.get_default().get_template(f"notices/{slug}.{part}.txt").nodelist
            for part in ("subject", "body")
        )
        yield OwnedKind(
            family=Family.MAIL,
            slug=slug,
            group=topic_of(slug).label,
            title_of=_title,
            passages=(
                TextPassage("subject", _("Subject"), subject, SUBJECT),
                TextPassage("body", pgettext_lazy("notice", "Text"), body, PASSAGE),
            ),
            of_a_call=not slug.startswith(_OF_NO_CALL),
        )


def _title(kind: OwnedKind) -> str:
    """Its built-in subject, with dots where something is filled in."""
    return re.sub(r"\{\w+\}", "…", kind.built_in()["subject"])


def register_mails() -> None:
    """Make them known to the room of texts."""
    register_source(Family.MAIL, mails)
