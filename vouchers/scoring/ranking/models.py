"""The ranking as it was last computed, kept so that a page of it is quick to show.

Nothing is decided by it: whatever decides computes the ranking anew (`ranked_by_country`).
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from clusters.models import Country
from vouchers.applications.models import Application
from vouchers.calls.models import Call
from vouchers.scoring.assessing.models import Assessment, Assignment, Consensus


class OutdatedRanking(models.Model):
    """That something a ranking rests on has changed since it was last computed.

    Triggers write a row, computing the ranking takes it away. Rows are only ever added by those who
    score, so that they never wait for one another, and a row that is committed late is not missed.
    """

    # No reference that the database checks: it would lock the call whenever somebody scores.
    call = models.ForeignKey(
        Call, on_delete=models.CASCADE, related_name="outdated_ranking", db_constraint=False
    )

    class Meta:
        db_table = "vouchers_rankingchange"
        verbose_name = _("change of a ranking")
        verbose_name_plural = _("changes of rankings")

    def __str__(self) -> str:
        return str(self.call_id)


class StoredRanking(models.Model):
    """One computation of the ranking of a call; the next one replaces it."""

    call = models.OneToOneField(Call, on_delete=models.CASCADE, related_name="stored_ranking")
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
        db_table = "vouchers_rankingrun"
        verbose_name = _("computed ranking")
        verbose_name_plural = _("computed rankings")

    def __str__(self) -> str:
        return str(_("Ranking of %(call)s") % {"call": self.call})


class StoredPlace(models.Model):
    """One application's place in the ranking as it was last computed."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="stored_places")
    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, related_name="stored_place"
    )
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
        db_table = "vouchers_place"
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
