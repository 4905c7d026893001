"""Writing the record of needs: begun, saved while typing, and corrected once it is in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    Refused,
    action,
    constraints_of,
    judged,
    locked,
    require_state,
    require_words,
)
from drafts.rules import is_overtaken
from vouchers.assistance.needs.models import Need, NeedsFile, NeedsRecord
from vouchers.assistance.needs.permissions import may_revise_record, may_write_record
from vouchers.assistance.needs.queries import record_in_work
from vouchers.awards.models import Voucher
from vouchers.calls.models import NeedTheme

# The part of the draft that is no need.
DECISIONS = 0
MOST_NEEDS = 60
# Far more than any limit: what is longer was pasted by mistake.
MOST_CHARACTERS = 100_000
_COPIED = ("key", "theme", "position", "what", "priority", "evidence", "existing")


@dataclass(frozen=True)
class NeedInput:
    """What somebody wrote of one need; `priority` is a value of Need.Priority."""

    what: str
    priority: str
    evidence: str = ""
    existing: str = ""


@action(gettext_lazy("Record of needs begun"))
def begin_record(voucher: Voucher, *, by: User) -> NeedsRecord:
    """Begin the first record, with an empty row for each theme of the call.

    Raises Refused where one is there already.
    """
    voucher = judged(voucher, may_write_record, by=by, states=[Voucher.State.ACTIVE])
    if voucher.needs_records.exists():
        raise Refused(_("The record is begun already: go on with it, or correct it."))
    record = _made(voucher, number=1, by=by)
    Need.objects.bulk_create(
        Need(record=record, theme=theme, position=1, written_by=by, written_at=record.written_at)
        for theme in voucher.award.application.call.need_themes.all()
    )
    return record


@action(gettext_lazy("Correction of the record of needs begun"))
def correct_record(record: NeedsRecord, *, reason: str, by: User) -> NeedsRecord:
    """Begin a new version of the record in force, which stays in force until that is confirmed.

    Raises OutOfOrder for a record that is not in force, Refused without a reason and where another
    version is in work.
    """
    record = judged(record, may_revise_record, by=by, states=[NeedsRecord.State.CONFIRMED])
    require_state(record.voucher, Voucher.State.ACTIVE)
    require_words(reason, _("Say what is corrected, and why."))
    if record_in_work(record.voucher) is not None:
        raise Refused(_("Another version of this record is in work already: go on with that one."))
    version = _made(record.voucher, number=record.number + 1, by=by, based_on=record, reason=reason)
    Need.objects.bulk_create(
        Need(
            record=version,
            written_by=need.written_by,
            written_at=need.written_at,
            **{name: getattr(need, name) for name in _COPIED},
        )
        for need in record.needs.select_related("theme", "written_by")
    )
    NeedsFile.objects.bulk_create(
        NeedsFile(
            record=version,
            key=file.key,
            added_by=file.added_by,
            added_at=file.added_at,
            **file.kept,
        )
        for file in record.standing_files.select_related("added_by")
    )
    return version


@action(gettext_lazy("Record of needs saved"))
def save_record(
    record: NeedsRecord,
    parts: Mapping[int, NeedInput | str],
    *,
    seen: Mapping[int, int],
    by: User,
) -> list[int]:
    """Save parts of a draft: needs by their ids, the decisions as DECISIONS.

    Incomplete and over-long ones are kept, and checked before sharing. `seen` has the version of
    each part that the person had before them; returns the parts that somebody else changed
    meanwhile, which are not overwritten. Parts that are not of this record are left alone.
    """
    record = draft_for(record, by)
    for content in parts.values():
        _require_bearable(content)
    overtaken = []
    if (decisions := parts.get(DECISIONS)) is not None and decisions != record.decisions:
        if is_overtaken(record.decisions_version, seen.get(DECISIONS, 0)):
            overtaken.append(DECISIONS)
        else:
            record.decisions = str(decisions)
            record.decisions_version += 1
            record.written_by, record.written_at = by, timezone.now()
            record.save()
    for need in record.needs.filter(pk__in=[part for part in parts if part != DECISIONS]):
        content = parts[need.pk]
        if not isinstance(content, NeedInput) or _holds(need, content):
            continue
        if is_overtaken(need.version, seen.get(need.pk, 0)):
            overtaken.append(need.pk)
        else:
            _write(need, content, by)
    return overtaken


@action(gettext_lazy("Need added"))
def add_need(record: NeedsRecord, theme: NeedTheme, *, by: User) -> Need:
    """Add an empty need under a theme of the record's call. Raises Refused for another's theme."""
    record = draft_for(record, by)
    theme = locked(theme)
    if theme.call_id != record.voucher.award.application.call_id:
        raise Refused(_("Choose one of the themes of this call."))
    if record.needs.count() >= MOST_NEEDS:
        raise Refused(_("A record holds at most %(number)s needs.") % {"number": MOST_NEEDS})
    last = record.needs.filter(theme=theme).order_by("-position").first()
    return Need.objects.create(
        record=record,
        theme=theme,
        position=last.position + 1 if last else 1,
        written_by=by,
        written_at=timezone.now(),
    )


@action(gettext_lazy("Need taken out"))
def remove_need(record: NeedsRecord, need: Need, *, by: User) -> None:
    """Take a need out of a draft; what earlier versions say of it stays there."""
    record = draft_for(record, by)
    record.needs.filter(pk=need.pk).delete()


@action(gettext_lazy("Correction of the record of needs given up"))
def discard_correction(record: NeedsRecord, *, by: User) -> None:
    """Give up a correction that was never shared. Raises Refused for any other version."""
    record = draft_for(record, by)
    if record.number == 1 or record.sharing_number:
        raise Refused(_("Only a correction that was never shared can be given up."))
    record.needs.all().delete()
    record.files.all().delete()
    record.delete()


def draft_for(record: NeedsRecord, by: User) -> NeedsRecord:
    """The record under lock, for who writes it, while it is a draft of an active voucher."""
    record = judged(record, may_revise_record, by=by, states=[NeedsRecord.State.DRAFT])
    require_state(record.voucher, Voucher.State.ACTIVE)
    return record


def _made(
    voucher: Voucher,
    *,
    number: int,
    by: User,
    based_on: NeedsRecord | None = None,
    reason: str = "",
) -> NeedsRecord:
    with constraints_of(NeedsRecord):
        return NeedsRecord.objects.create(
            voucher=voucher,
            number=number,
            based_on=based_on,
            correction_reason=reason,
            decisions=based_on.decisions if based_on else "",
            decisions_version=1 if based_on else 0,
            written_by=by,
            written_at=timezone.now(),
        )


def _require_bearable(content: NeedInput | str) -> None:
    texts = [content] if isinstance(content, str) else [*vars(content).values()]
    if sum(map(len, texts)) > MOST_CHARACTERS:
        raise Refused(
            _("A text of more than %(number)s characters cannot be saved. Please shorten it.")
            % {"number": number_format(MOST_CHARACTERS, force_grouping=True)}
        )
    if isinstance(content, NeedInput) and content.priority not in Need.Priority.values:
        raise Refused(_("Say how urgent it is: high, medium or low."))


def _holds(need: Need, content: NeedInput) -> bool:
    return all(getattr(need, name) == value for name, value in vars(content).items())


def _write(need: Need, content: NeedInput, by: User) -> None:
    for name, value in vars(content).items():
        setattr(need, name, value)
    need.version += 1
    need.written_by, need.written_at = by, timezone.now()
    need.save()
