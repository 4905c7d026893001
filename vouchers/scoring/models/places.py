"""The ranking as it was last computed, kept so that a page of it is quick to show.

Nothing is decided by it: whatever decides computes the ranking anew (`queries.ranked_by_country`).
"""

from __future__ import annotations

from datetime import timedelta

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusters.models import Country
from jobs.models import Job
from records.states import Flow, follows_its_flow
from vouchers.applications.models import Application
from vouchers.calls.models import Call

from .assessing import Assessment
from .assigning import Assignment
from .consensus import Consensus


class RankingChange(models.Model):
    """That something a ranking rests on has changed since it was last computed.

    Triggers write a row, computing the ranking takes it away. Rows are only ever added by those who
    score, so that they never wait for one another, and a row that is committed late is not missed.
    """

    # No reference that the database checks: it would lock the call whenever somebody scores.
    call = models.ForeignKey(
        Call, on_delete=models.CASCADE, related_name="ranking_changes", db_constraint=False
    )

    class Meta:
        verbose_name = _("change of a ranking")
        verbose_name_plural = _("changes of rankings")

    def __str__(self) -> str:
        return str(self.call_id)


class RankingRun(models.Model):
    """One computation of the ranking of a call; the next one replaces it."""

    call = models.OneToOneField(Call, on_delete=models.CASCADE, related_name="ranking_run")
    # Of rules and quotas, and of the function itself: another fingerprint, another ranking.
    rules_sha256 = models.CharField(max_length=64, blank=True)
    # Grows with each computation: whether a study is one of this ranking.
    revision = models.PositiveIntegerField(default=0)
    # By country code: {"vouchers", "ranked", "passing", "unscored", "waiting"}, the last a few ids.
    countries = models.JSONField(default=dict)
    computed_at = models.DateTimeField(_("computed"), null=True)
    # When a worker was last asked to compute it anew.
    asked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("computed ranking")
        verbose_name_plural = _("computed rankings")

    def __str__(self) -> str:
        return str(_("Ranking of %(call)s") % {"call": self.call})


class Place(models.Model):
    """One application's place in the ranking as it was last computed."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="places")
    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="place")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    # The order of the list; equal applications share their rank.
    position = models.PositiveIntegerField()
    rank = models.PositiveIntegerField(_("rank"))
    total = models.DecimalField(_("total (points of 100)"), max_digits=7, decimal_places=4)
    passes = models.BooleanField(_("reaches every threshold"))
    tied = models.BooleanField(_("tied at the edge of the quota"))
    suggested = models.CharField(_("by the ranking"), max_length=10)
    # In the order of the criteria: {"criterion", "mean", "points", "passes"}.
    criteria = models.JSONField(default=list)
    assessments = models.PositiveSmallIntegerField(_("assessments"))
    by_consensus = models.BooleanField(_("scores agreed by consensus"), default=False)

    class Meta:
        verbose_name = _("place in a ranking")
        verbose_name_plural = _("places in rankings")
        ordering = ["country_id", "position"]
        constraints = [
            # Also what a page of a country is read by.
            models.UniqueConstraint(
                fields=["call", "country", "position"], name="one_place_per_position"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank}: {self.application_id}"


@follows_its_flow
class RankingStudy(Job):
    """What the scores of a call say about themselves: a row first, computed by a worker."""

    class State(models.TextChoices):
        PENDING = "pending", _("being prepared")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be made")

    FLOW = Flow(
        {State.PENDING: [State.READY, State.FAILED], State.FAILED: [State.PENDING]},
    )
    # How long after its last sign of life a worker is thought to be dead.
    PATIENCE = timedelta(seconds=60)
    MAX_ATTEMPTS = 3

    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.PENDING, editable=False
    )
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="studies")
    requested_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    requested_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    progress = models.PositiveSmallIntegerField(_("progress (per cent)"), default=0)
    # That of the ranking which the result is about.
    revision = models.PositiveIntegerField(default=0)
    # Of everything that the result depends on: the same input gives the same result.
    input_sha256 = models.CharField(max_length=64, blank=True)
    result = models.JSONField(null=True)

    class Meta:
        verbose_name = _("study of a ranking")
        verbose_name_plural = _("studies of rankings")
        ordering = ["-requested_at"]
        indexes = [models.Index(fields=["call", "-requested_at"], name="latest_study_of_a_call")]
        constraints = [
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(state="pending"),
                name="one_study_at_a_time",
                violation_error_message=_("A study of this call is being computed already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="ready")
                | (Q(result__isnull=False) & Q(finished_at__isnull=False)),
                name="a_finished_study_has_its_result",
            ),
            models.CheckConstraint(
                condition=Q(progress__lte=100), name="progress_ends_at_a_hundred"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Study of %(call)s") % {"call": self.call})

    @property
    def is_pending(self) -> bool:
        return self.state == self.State.PENDING

    @property
    def is_failed(self) -> bool:
        return self.state == self.State.FAILED


# What a change of state tells the ranking: statement by statement, since a hundred rows that change
# at once ask for one computation. A session plans this once, for as few or as many rows as changed
# first; so old and new rows are grouped, not joined, and calls are looked up by key: whatever the
# plan, ten thousand rows take ten times what a thousand do.
_NOTE_CHANGE = """
    INSERT INTO vouchers_rankingchange (call_id)
        SELECT DISTINCT {call} FROM (
            SELECT max(key) AS key, max(before) AS before, max(after) AS after
            FROM (
                SELECT id, {key} AS key, NULL AS before, state AS after FROM new_rows
                UNION ALL SELECT id, NULL, state, NULL FROM old_rows
            ) AS versions
            GROUP BY id
        ) AS changed
        WHERE {condition};
    RETURN NULL;
"""
_NOTE_FIRST = """
    INSERT INTO vouchers_rankingchange (call_id)
        SELECT DISTINCT {call} FROM (SELECT {key} AS key FROM new_rows) AS added;
    RETURN NULL;
"""
_CHANGED = "before IS DISTINCT FROM after"
# By the key of an application, and of an assignment.
_OF_APPLICATION = "(SELECT call_id FROM vouchers_application WHERE id = key)"
_OF_ASSIGNMENT = (
    "(SELECT call_id FROM vouchers_application"
    " WHERE id = (SELECT application_id FROM vouchers_assignment WHERE id = key))"
)
# Before it is found eligible, and once it is withdrawn from the start, it is in no ranking.
_SENT = "(before NOT IN ('draft', 'submitted') OR after = 'eligible')"


def _notes_change(key: str, call: str, condition: str = _CHANGED) -> pgtrigger.Trigger:
    """`key` is the column of the changed row by which the SQL `call` finds its call."""
    return pgtrigger.Trigger(
        name="tells_the_ranking",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(old="old_rows", new="new_rows"),
        func=_NOTE_CHANGE.format(key=key, call=call, condition=condition),
    )


pgtrigger.register(_notes_change("assignment_id", _OF_ASSIGNMENT))(Assessment)
pgtrigger.register(_notes_change("application_id", _OF_APPLICATION))(Assignment)
pgtrigger.register(_notes_change("call_id", "key", f"{_CHANGED} AND {_SENT}"))(Application)
pgtrigger.register(
    _notes_change("application_id", _OF_APPLICATION),
    pgtrigger.Trigger(
        name="tells_the_ranking_at_first",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(new="new_rows"),
        func=_NOTE_FIRST.format(key="application_id", call=_OF_APPLICATION),
    ),
)(Consensus)
