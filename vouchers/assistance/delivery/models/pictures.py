"""The pictures of a session."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, never_deleted, written_once
from conduct.models.one_line import one_line
from files.models import KEPT, KeptFile
from vouchers.assistance.workroom.models import WorkLink

from .sessions import Session

MOST_PICTURES = 6

# The row of the session is locked: who confirms it at the same instant waits, or is waited for.
_WHILE_OPEN = """
    PERFORM FROM vouchers_session WHERE id = NEW.session_id FOR NO KEY UPDATE;
    IF NOT EXISTS (
        SELECT FROM vouchers_session
        WHERE id = NEW.session_id AND state IN ('logged', 'returned')
    ) THEN
        RAISE EXCEPTION 'the pictures of a session stand once it is confirmed' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'pictures_stand_once_confirmed';
    END IF;
"""
_NOT_TOO_MANY = f"""
    IF (
        SELECT count(*) FROM vouchers_sessionpicture
        WHERE session_id = NEW.session_id AND removed_at IS NULL
    ) >= {MOST_PICTURES} THEN
        RAISE EXCEPTION 'a session has at most {MOST_PICTURES} pictures' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_session_has_few_pictures';
    END IF;
"""


class SessionPicture(KeptFile):
    """A picture of a session, which the portal drew anew: nothing of what the camera wrote is left.

    Seen by who may read the voucher, never public. One that is taken out is shown no more.
    """

    FOLDER = "sessions"
    LOCKED_AFTER = ("session",)
    ENFORCED = {
        "pictures_stand_once_confirmed": _(
            "The session is confirmed, or taken back: its pictures stand."
        ),
        "a_session_has_few_pictures": _("A session has at most 6 pictures."),
    }

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="pictures", verbose_name=_("session")
    )
    alternative = models.CharField(
        _("what can be seen, for those who do not see it"), max_length=300, validators=[one_line]
    )
    # Either a person with an account, or the provider by its link.
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    added_through = models.ForeignKey(
        WorkLink, on_delete=models.PROTECT, null=True, related_name="session_pictures"
    )
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("picture of a session")
        verbose_name_plural = _("pictures of a session")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "sha256"],
                condition=Q(removed_at=None),
                name="one_picture_once_in_a_session",
                violation_error_message=_("This picture is there already."),
            ),
            models.CheckConstraint(
                condition=~Q(alternative=""),
                name="a_picture_says_what_can_be_seen",
                violation_error_message=_("Say what can be seen, for those who do not see it."),
            ),
            models.CheckConstraint(
                condition=Q(added_by=None, added_through__isnull=False)
                | Q(added_by__isnull=False, added_through=None),
                name="a_picture_says_who_added_it",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
        ]
        triggers = [
            fixed("session", "alternative", *KEPT),
            fixed("added_by", "added_through", "added_at", name="fixed_who_added"),
            written_once("removed_at"),
            never_deleted(),
            pgtrigger.Trigger(
                name="added_while_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"{_WHILE_OPEN}{_NOT_TOO_MANY} RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="taken_out_while_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"{_WHILE_OPEN} RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return self.name
