"""A meeting about a voucher: proposed by one side, agreed by the other, held or cancelled."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import append_only, fixed, frozen_by, frozen_in, never_deleted, refuses
from conduct.models.one_line import one_line
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.awards.models import Voucher

from .cancelling import by_somebody

if TYPE_CHECKING:
    from .attendance import Attendance

SHORTEST, LONGEST = 15, 480


class Side(models.TextChoices):
    """Who sits at the table."""

    CLUSTER = "cluster", pgettext_lazy("side of a meeting", "cluster")
    PARTNER = "partner", pgettext_lazy("side of a meeting", "country partner")
    OTHER = "other", pgettext_lazy("side of a meeting", "somebody else")


def other_side(side: str) -> str:
    """Who answers what this side proposed."""
    return Side.PARTNER if side == Side.CLUSTER else Side.CLUSTER


@follows_its_flow
@pghistory.track()
class Meeting(models.Model):
    """A meeting of a cluster with its country partner about a voucher.

    Instants are UTC. `starts_at` is empty until both sides agree. Each time that is agreed or moved
    counts `sequence` up from the second on, so that every calendar knows which message is newer.
    """

    class State(States):
        PROPOSED = "proposed", Tone.WAITING, pgettext_lazy("meeting", "proposed")
        AGREED = "agreed", Tone.GOOD, pgettext_lazy("meeting", "agreed")
        HELD = "took_place", Tone.GOOD, pgettext_lazy("meeting", "held")
        CANCELLED = "cancelled", Tone.BAD, pgettext_lazy("meeting", "cancelled")

    FLOW = Flow(
        {
            State.PROPOSED: [State.AGREED, State.CANCELLED],
            State.AGREED: [State.HELD, State.CANCELLED],
        }
    )
    LOCKED_AFTER = ("voucher",)

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PROPOSED, editable=False
    )
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="meetings")
    # How calendars know it, whatever is moved.
    uid = models.UUIDField(
        _("identifier in calendars"), default=uuid.uuid4, unique=True, editable=False
    )
    sequence = models.PositiveIntegerField(_("version in calendars"), default=0, editable=False)
    title = models.CharField(_("title"), max_length=150, validators=[one_line])
    agenda = models.TextField(_("agenda"), max_length=3000, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True, validators=[one_line])
    link = models.URLField(_("link"), max_length=500, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("length in minutes"),
        default=60,
        validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)],
    )
    starts_at = models.DateTimeField(_("begins"), null=True, editable=False)
    ends_at = models.DateTimeField(_("ends"), null=True, editable=False)
    # Who answers next, and which of the proposed instants are open: those of this round.
    turn = models.CharField(
        _("whose turn it is"), max_length=8, choices=Side.choices, blank=True, editable=False
    )
    proposal_number = models.PositiveSmallIntegerField(
        _("round of proposals"), default=1, editable=False
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    # When the time that stands was agreed or moved last.
    agreed_at = models.DateTimeField(_("agreed"), null=True, editable=False)
    # The officer in whose name calendars are told.
    organiser = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("organiser"),
    )
    # Why it was moved last, or is asked to be.
    move_reason = models.TextField(_("why it is moved"), blank=True, editable=False)
    cancel_reason = models.TextField(_("why it was cancelled"), blank=True, editable=False)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, editable=False)
    notes = models.TextField(_("what was said"), blank=True, editable=False)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    held_at = models.DateTimeField(_("marked as held"), null=True, editable=False)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-proposed_at"]
        indexes = [
            # What a calendar shows.
            models.Index(fields=["starts_at"], name="meetings_by_time"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(place="") | ~Q(link=""),
                name="a_meeting_is_somewhere",
                violation_error_message=_("Say where you meet: a place, a link, or both."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=SHORTEST) & Q(minutes__lte=LONGEST),
                name="a_meeting_has_a_length",
                violation_error_message=_(
                    "A meeting lasts between a quarter of an hour and eight hours."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", starts_at=None, ends_at=None)
                | Q(state="cancelled")
                | Q(
                    state__in=["agreed", "took_place"],
                    starts_at__isnull=False,
                    ends_at__gt=F("starts_at"),
                    agreed_at__isnull=False,
                    organiser__isnull=False,
                ),
                name="an_agreed_meeting_has_its_time",
                violation_error_message=_(
                    "An agreed meeting has its time, and an officer who invites."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state="proposed") | Q(turn__in=["cluster", "partner"]),
                name="a_proposed_meeting_waits_for_somebody",
                violation_error_message=_("It must be said which side answers next."),
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False) & ~Q(cancel_reason="")
                | ~Q(state="cancelled") & Q(cancelled_by=None, cancelled_at=None, cancel_reason=""),
                name="a_cancelled_meeting_says_why",
                violation_error_message=_("Say why the meeting is cancelled."),
            ),
            models.CheckConstraint(
                condition=Q(state="took_place", held_by__isnull=False, held_at__gte=F("starts_at"))
                | ~Q(state="took_place") & Q(held_by=None, held_at=None),
                name="a_meeting_is_held_once_it_began",
                violation_error_message=_("The meeting has not begun yet."),
            ),
            # The ranges of whole numbers stand in for an operator class that PostgreSQL keeps in an
            # extension: two vouchers are two ranges.
            ExclusionConstraint(
                name="meetings_of_a_voucher_do_not_overlap",
                expressions=[
                    (
                        Func(
                            F("voucher"),
                            F("voucher"),
                            Value("[]"),
                            function="int8range",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(F("starts_at"), F("ends_at"), function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state__in=["agreed", "took_place"]),
                violation_error_message=_(
                    "Another meeting about this voucher is at the same time. Choose another one."
                ),
            ),
        ]
        triggers = [
            fixed("voucher", "uid", "proposed_by", "title", "agenda", "place", "link", "minutes"),
            refuses(
                "the_sequence_rises",
                pgtrigger.Update,
                "NEW.sequence < OLD.sequence OR (OLD.starts_at IS NOT NULL AND"
                " (NEW.starts_at IS DISTINCT FROM OLD.starts_at"
                " OR OLD.state = 'agreed' AND NEW.state = 'cancelled')"
                " AND NEW.sequence <= OLD.sequence)",
                "Each move of an agreed meeting, and its end, counts the sequence up.",
            ),
            by_somebody(),
            frozen_in("took_place", "cancelled"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("needs:meeting", args=[self.pk])

    @property
    def has_begun(self) -> bool:
        return self.starts_at is not None and self.starts_at <= timezone.now()

    @property
    def why_cancelled(self) -> str:
        """As whoever cancelled it wrote; by nobody it was once its voucher had ended."""
        return self.cancel_reason if self.cancelled_by_id else str(_("The voucher has ended."))

    @property
    def attendance_number(self) -> int:
        """Which list of those who came holds: 1 is that which was written with the meeting."""
        return 1 + self.attendance_corrections.count()

    @property
    def people(self) -> list[Attendance]:
        """Who is on the list that holds; without a query where `attendances` are fetched."""
        everybody = list(self.attendances.all())
        newest = max((one.correction_id or 0 for one in everybody), default=0)
        return [one for one in everybody if (one.correction_id or 0) == newest]

    def put_at(self, starts_at: datetime) -> None:
        """Let it begin at an instant (UTC), for its whole length, without saving it."""
        self.starts_at = starts_at
        self.ends_at = starts_at + timedelta(minutes=self.minutes)


class MeetingSlot(models.Model):
    """An instant (UTC) at which one side could meet; never changed, so that it can be agreed to."""

    LOCKED_AFTER = ("meeting",)

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="slots")
    proposal_number = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=8, choices=Side.choices)
    starts_at = models.DateTimeField(_("begins"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("proposed time")
        verbose_name_plural = _("proposed times")
        ordering = ["-proposal_number", "starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "proposal_number", "starts_at"],
                name="a_time_is_proposed_once",
                violation_error_message=_("Two of the times are the same."),
            ),
            models.CheckConstraint(
                condition=Q(side__in=["cluster", "partner"]) & Q(starts_at__gt=F("proposed_at")),
                name="a_proposed_time_lies_ahead",
                violation_error_message=_("This time is over. Propose one that lies ahead."),
            ),
        ]
        triggers = [frozen_by("meeting", "took_place", "cancelled"), append_only()]

    def __str__(self) -> str:
        return self.starts_at.isoformat()
