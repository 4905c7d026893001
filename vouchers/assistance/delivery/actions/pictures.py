"""Pictures of a session: added, and taken out until it is confirmed."""

from __future__ import annotations

from django.core.files.base import File
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    NotAllowed,
    Refused,
    action,
    constraints_of,
    locked,
    require,
    require_state,
)
from files.actions.redrawing import MOST_BYTES, draw_anew
from vouchers.assistance.delivery.models import Session, SessionPicture
from vouchers.assistance.delivery.models.pictures import MOST_PICTURES
from vouchers.assistance.delivery.models.sessions import LoggedFor
from vouchers.assistance.delivery.permissions import may_log_session
from vouchers.assistance.delivery.wording import sentence_of_pictures
from vouchers.assistance.workroom.actions.standing import require_at_work
from vouchers.assistance.workroom.models import WorkLink
from vouchers.awards.models import Voucher


@action(gettext_lazy("Picture added to the session"))
def add_session_picture(
    session: Session, upload: File, *, alternative: str, by: User | WorkLink
) -> SessionPicture:
    """Add a picture to a session that is not confirmed yet, drawn anew as WebP.

    `alternative` says what can be seen. Raises Refused, beside the field, for what is no picture or
    too large, without such words, for one that is there already and for one too many; OutOfOrder once
    the session is confirmed or taken back, NotAllowed for who does not log it.
    """
    # Before the lock: while a picture is drawn, others go on writing.
    drawn = draw_anew(upload, max_size=MOST_BYTES)
    session = locked(session)
    _require_open(session, by)
    alternative = alternative.strip()
    if not alternative:
        raise Refused(_("Say what can be seen, for those who do not see it."), field="alternative")
    standing = session.pictures.filter(removed_at=None)
    if known := standing.filter(sha256=drawn.facts.sha256).first():
        raise Refused(
            _("This picture is there already, as “%(name)s”.") % {"name": known.name}, field="file"
        )
    if standing.count() >= MOST_PICTURES:
        raise Refused(sentence_of_pictures(MOST_PICTURES), field="file")
    picture = SessionPicture(
        session=session,
        file=drawn.content,
        alternative=alternative,
        **vars(drawn.facts),
        added_by=None if isinstance(by, WorkLink) else by,
        added_through=by if isinstance(by, WorkLink) else None,
    )
    picture.full_clean(
        validate_constraints=False, exclude=["added_by", "added_through", "removed_at"]
    )
    with constraints_of(SessionPicture):
        picture.save()
    return picture


@action(gettext_lazy("Picture taken out of the session"))
def remove_session_picture(picture: SessionPicture, *, by: User | WorkLink) -> None:
    """Take a picture out of a session that is not confirmed yet. Raises as adding one does."""
    session = locked(picture.session)
    picture = locked(picture)
    _require_open(session, by)
    if picture.removed_at is None:
        picture.removed_at = timezone.now()
        with constraints_of(SessionPicture):
            picture.save()


def _require_open(session: Session, by: User | WorkLink) -> None:
    """Who logs the session adds its pictures, until it is confirmed."""
    if isinstance(by, WorkLink):
        require_at_work(by, session.voucher)
        if session.logged_for != LoggedFor.PROVIDER:
            raise NotAllowed(_("The cluster logged this session: it adds the pictures itself."))
    else:
        require(may_log_session, by, session.voucher)
    require_state(session.voucher, Voucher.State.ACTIVE)
    require_state(session, *Session.OPEN_TO_PICTURES)
