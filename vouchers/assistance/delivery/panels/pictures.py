"""The pictures of a session, on the pages of people and of providers by link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from vouchers.assistance.delivery.models import Session, SessionPicture
from vouchers.assistance.delivery.models.pictures import MOST_PICTURES


@dataclass(frozen=True)
class ShownPicture:
    """A picture, where its bytes are, and where it is taken out."""

    picture: SessionPicture
    url: str
    remove_url: str


def pictures_context(
    session: Session,
    form: forms.BaseForm,
    *,
    shown_at: Callable[[SessionPicture], str],
    removed_at: Callable[[SessionPicture], str],
) -> dict[str, Any]:
    """What the page that adds pictures reads; one query."""
    standing = session.pictures.filter(removed_at=None)
    shown = [ShownPicture(one, shown_at(one), removed_at(one)) for one in standing]
    return {
        "session": session,
        "pictures": shown,
        "form": form,
        "most": MOST_PICTURES,
        "is_full": len(shown) >= MOST_PICTURES,
    }
