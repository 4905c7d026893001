"""More time for a voucher: asked for, agreed to, granted or refused."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    OutOfOrder,
    Refused,
    action,
    constraints_of,
    judged,
    locked,
    move,
    require,
    require_state,
    require_words,
)
from documents.wording import day
from vouchers.awards.models import Voucher
from vouchers.endings.amendments.queries import is_signed_for
from vouchers.endings.letters import EXTENSION_LETTER, extension_facts
from vouchers.endings.models import Ending, Extension
from vouchers.endings.permissions import (
    may_ask_for_extension,
    may_decide_extension,
    may_look_after,
    may_withdraw_extension,
    took_no_step_of_extension,
)
from vouchers.endings.queries import ending_of, is_amended_by_both, limits_of
from vouchers.endings.rules.limits import misfit_of_extension
from vouchers.endings.wording import sentence_of

from .dropping import lapse_amendment_of
from .telling import everybody, letter, tell, the_cluster, the_coordinators, the_officers

ANOTHER_DECIDES = gettext_lazy(
    "Another person decides on this: you asked for it, or agreed to it, yourself."
)


@action(gettext_lazy("Extension asked for"))
def ask_for_extension(voucher: Voucher, *, until: date, reason: str, by: User) -> Extension:
    """Ask that the voucher end on the day `until` (included), as a manager or whoever looks after it.

    Raises Refused (beside its field) without a reason, for a day that is past or beyond what the
    call allows, and where an extension is asked for already; OutOfOrder once the voucher has ended or
    is under notice.
    """
    voucher = judged(
        voucher,
        may_ask_for_extension,
        by=by,
        states=[Voucher.State.ACTIVE, Voucher.State.SUSPENDED],
        otherwise=_("Only a manager of the cluster can ask for more time."),
    )
    _require_no_notice(voucher)
    require_words(reason, _("Say why the voucher needs more time."), field="reason")
    require_within(voucher, until)
    with constraints_of(Extension):
        extension = Extension.objects.create(
            voucher=voucher,
            previous_end=voucher.valid_until,
            until=until,
            reason=reason,
            asked_by=by,
        )
    by_staff = may_look_after.test(by, voucher)
    people = [*the_officers(voucher), *(the_cluster(voucher) if by_staff else [])]
    tell(people, "voucher-extension-asked", voucher, but=by, about=extension, **_told(extension))
    return extension


@action(gettext_lazy("Extension agreed or granted"))
def decide_extension(extension: Extension, *, by: User) -> Extension:
    """Agree to an extension; it is granted where the call asks no coordinator besides.

    Once granted the new end is in force everywhere. Where both sides sign the agreement it is agreed
    to here, and comes into force by an amendment. Raises NotAllowed for who asked or agreed before,
    Refused where the day is past meanwhile, or the call allows no more; OutOfOrder where an
    amendment is what is due.
    """
    extension = locked(extension)
    voucher = extension.voucher
    require(may_decide_extension, by, extension)
    require(took_no_step_of_extension, by, extension, otherwise=ANOTHER_DECIDES)
    require_state(extension, *Extension.OPEN)
    require_state(voucher, Voucher.State.ACTIVE, Voucher.State.SUSPENDED)
    require_within(voucher, extension.until)
    by_amendment = is_amended_by_both(voucher)
    to_coordinator = voucher.award.application.call.extensions_to_coordinator or by_amendment
    if to_coordinator and extension.state == Extension.State.ASKED:
        move(extension, Extension.State.AGREED)
        extension.agreed_by, extension.agreed_at = by, timezone.now()
        with constraints_of(Extension):
            extension.save()
        coordinators = the_coordinators(voucher)
        told = {**_told(extension), "by_amendment": by_amendment}
        tell(coordinators, "voucher-extension-agreed", voucher, but=by, about=extension, **told)
        return extension
    if by_amendment:
        raise OutOfOrder(
            _("Both sides sign this agreement: the new end comes into force by an amendment.")
        )
    _grant(extension, voucher, by=by)
    papers = letter(EXTENSION_LETTER, extension, lambda: extension_facts(extension), by=by)
    tell(
        everybody(voucher),
        "voucher-extension-granted",
        voucher,
        but=by,
        documents=papers,
        **_told(extension),
    )
    return extension


def grant_by_amendment(extension: Extension, voucher: Voucher, *, by: User) -> None:
    """Put the new end in force, as a part of the amendment that both sides have signed.

    The voucher is locked, and the amendment is in force. Raises OutOfOrder where the day is past
    meanwhile, or the call allows no more.
    """
    extension = locked(extension)
    misfit = misfit_of_extension(extension.until, limits_of(voucher))
    if misfit is not None:
        raise OutOfOrder(sentence_of(misfit, voucher, bound=limits_of(voucher).latest))
    _grant(extension, voucher, by=by)


def _grant(extension: Extension, voucher: Voucher, *, by: User) -> None:
    move(extension, Extension.State.GRANTED)
    extension.decided_by, extension.decided_at = by, timezone.now()
    with constraints_of(Extension):
        extension.save()
    voucher.valid_until = extension.until
    voucher.save()


@action(gettext_lazy("Extension refused"))
def refuse_extension(extension: Extension, *, reason: str, by: User) -> Extension:
    """Refuse an extension for the `reason`, which the cluster reads."""
    extension = locked(extension)
    require(may_decide_extension, by, extension)
    require(took_no_step_of_extension, by, extension, otherwise=ANOTHER_DECIDES)
    require_words(reason, _("Say why the extension is refused."))
    move(extension, Extension.State.REFUSED)
    extension.decided_by, extension.decided_at = by, timezone.now()
    extension.answer = reason
    with constraints_of(Extension):
        extension.save()
    lapse_amendment_of(extension, by=by)
    told: dict[str, Any] = {**_told(extension), "reason": reason}
    tell(
        everybody(extension.voucher), "voucher-extension-refused", extension.voucher, but=by, **told
    )
    return extension


@action(gettext_lazy("Extension withdrawn"))
def withdraw_extension(extension: Extension, *, by: User) -> Extension:
    """Take back what was asked for, before it is decided.

    Raises OutOfOrder once the cluster has signed the amendment that brings it: what was signed is
    withdrawn by a coordinator alone, who says why.
    """
    extension = judged(extension, may_withdraw_extension, by=by)
    if is_signed_for(extension):
        raise OutOfOrder(
            _(
                "The cluster has signed the amendment that brings this time: it is taken back no more."
            )
        )
    return close_extension(extension, by=by)


def close_extension(extension: Extension, *, by: User | None) -> Extension:
    """Withdraw a locked extension, and with it its amendment, as a part of an action."""
    move(extension, Extension.State.WITHDRAWN)
    extension.decided_by, extension.decided_at = by, timezone.now()
    with constraints_of(Extension):
        extension.save()
    lapse_amendment_of(extension, by=by)
    return extension


def require_within(voucher: Voucher, until: date) -> None:
    """Raise Refused beside the day where it cannot be the voucher's new last one."""
    limits = limits_of(voucher)
    misfit = misfit_of_extension(until, limits)
    if misfit is not None:
        raise Refused(sentence_of(misfit, voucher, bound=limits.latest), field="until")


def _require_no_notice(voucher: Voucher) -> None:
    ending = ending_of(voucher)
    if ending is not None and ending.state == Ending.State.NOTICE:
        raise OutOfOrder(
            _("This voucher is under notice: it ends on %(day)s.") % {"day": day(ending.ends_on)}
        )


def _told(extension: Extension) -> dict[str, Any]:
    return {
        "previous_end": extension.previous_end.isoformat(),
        "until": extension.until.isoformat(),
        "reason": extension.reason,
    }
