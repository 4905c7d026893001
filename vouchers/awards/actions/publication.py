"""Approving a selection, and publishing it at its instant: states, awards, letters, notices at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.queries import officers_for, writers_of
from conduct.actions import (
    OutOfOrder,
    Refused,
    action,
    judged,
    locked,
    move,
    require_state,
    require_words,
)
from documents.actions import Issue, issue_in_every_language, issue_many
from documents.kinds import DocumentKind
from jobs.actions.trouble import for_each
from notices.actions import NoticeDraft, notify, notify_many
from vouchers.applications.letters import application_facts
from vouchers.applications.models import Application, Recusal
from vouchers.awards.actions.ceilings import require_within_ceilings
from vouchers.awards.actions.offers import offer_award
from vouchers.awards.actions.reserve import put_on_reserve
from vouchers.awards.actions.selection import require_second_person
from vouchers.awards.letters import MINUTES, REFUSAL_LETTER, RESERVE_LETTER, decision_facts
from vouchers.awards.letters.annex import annex_of
from vouchers.awards.letters.minutes import minutes_facts
from vouchers.awards.models import Decision, Outcome, SelectionRound
from vouchers.awards.permissions import may_steer_round
from vouchers.awards.queries.selection import (
    decisions_to_carry_out,
    moved_vouchers,
    takes_a_worker,
)
from vouchers.calls.models import Call, CountryQuota
from vouchers.scoring.ranking.queries import places_by_country

# Of so many applications everything is written at once.
_BATCH = 500

_STATE_AFTER = {
    Outcome.AWARD: Application.State.SELECTED,
    Outcome.RESERVE: Application.State.RESERVE,
    Outcome.REFUSE: Application.State.REFUSED,
}


@action(gettext_lazy("Selection approved"))
def approve_selection(
    selection_round: SelectionRound, *, by: User, publish_at: datetime | None = None
) -> SelectionRound:
    """Approve a proposal: its decisions are fixed, and the minutes are written.

    It is published at the instant `publish_at` (UTC), or at once without one: thousands by a worker,
    within seconds. Raises NotAllowed for
    the proposer (four eyes), OutOfOrder when the ranking has changed since the proposal, Refused for
    an instant that has passed, for an award above the ceiling of its legal entity and, published at
    once, when quota or budget would be exceeded.
    """
    selection_round = locked(selection_round)
    require_second_person(selection_round, by)
    call, now = selection_round.call, timezone.now()
    require_state(selection_round, SelectionRound.State.PROPOSED)
    _require_ahead(publish_at, now)
    _require_same_ranking(selection_round, call)
    require_within_ceilings(selection_round)
    move(selection_round, SelectionRound.State.APPROVED)
    selection_round.decided_by, selection_round.decided_at = by, now
    selection_round.publish_at = publish_at or now
    selection_round.save()
    annex = annex_of(selection_round)
    issue_in_every_language(
        MINUTES,
        selection_round,
        lambda: minutes_facts(selection_round, annex),
        by=by,
        reference=call.reference,
    )
    if publish_at is None and not takes_a_worker(call):
        return publish_selection(selection_round, by=by)
    return selection_round


def move_publication(
    selection_round: SelectionRound, publish_at: datetime | None, *, reason: str, by: User
) -> SelectionRound:
    """Bring the publication of an approved selection forward, or postpone it, with a reason.

    Without `publish_at` it is published at once: by an action of its own, since clusters read the
    history of their application, and the reason is not for them. Raises Refused for an instant that
    has passed and without a reason, OutOfOrder once it is published.
    """
    moved = set_publication(selection_round, publish_at, reason=reason, by=by)
    if publish_at is None and not takes_a_worker(moved.call):
        return publish_selection(moved, by=by)
    return moved


@action(gettext_lazy("Publication moved"))
def set_publication(
    selection_round: SelectionRound, publish_at: datetime | None, *, reason: str, by: User
) -> SelectionRound:
    """Set another instant of publication, now without one; see `move_publication`."""
    selection_round = judged(selection_round, may_steer_round, by=by)
    require_words(reason, _("Say why the publication is moved."))
    now = timezone.now()
    _require_ahead(publish_at, now)
    require_state(selection_round, SelectionRound.State.APPROVED)
    selection_round.publish_at = publish_at or now
    selection_round.save()
    return selection_round


@action(gettext_lazy("Selection published"))
def publish_selection(selection_round: SelectionRound, *, by: User | None) -> SelectionRound:
    """Publish an approved selection: states move, awards are offered, everybody is told.

    All of it or nothing, and once: whoever comes second finds it published. Raises OutOfOrder before
    its instant, Refused when quota or budget would be exceeded.
    """
    selection_round = locked(selection_round)
    call = selection_round.call
    if selection_round.is_published:
        return selection_round
    require_state(selection_round, SelectionRound.State.APPROVED)
    now = timezone.now()
    if selection_round.publish_at is None or selection_round.publish_at > now:
        raise OutOfOrder(_("The instant of the publication has not come yet."))
    move(selection_round, SelectionRound.State.PUBLISHED)
    selection_round.published_at = now
    selection_round.save()
    # Quotas are fixed with the call.
    _move_vouchers(selection_round)
    move(call, Call.State.DECIDED)
    call.save(update_fields=["state"])
    put_on_reserve(selection_round)
    applications = [
        *selection_round.decisions.order_by("application").values_list("application", flat=True)
    ]
    for start in range(0, len(applications), _BATCH):
        _carry_out(selection_round, applications[start : start + _BATCH], by=by)
    _tell_staff(selection_round)
    return selection_round


def publish_due_selections(now: datetime | None = None) -> int:
    """Publish every approved selection whose instant has come; how many.

    One that fails does not stop the rest: it is tried again at the next turn, and its page says
    that it is overdue.
    """
    now = now or timezone.now()
    due = SelectionRound.objects.filter(state=SelectionRound.State.APPROVED, publish_at__lte=now)
    return for_each(
        "publications",
        due.select_related("call").order_by("publish_at"),
        lambda selection_round: bool(publish_selection(selection_round, by=None)),
    )


def _require_ahead(publish_at: datetime | None, now: datetime) -> None:
    if publish_at is not None and publish_at <= now:
        raise Refused(_("The instant of the publication must lie ahead."))


def _require_same_ranking(selection_round: SelectionRound, call: Call) -> None:
    proposed = {
        application: decided
        for application, *decided in selection_round.decisions.values_list(
            "application", "rank", "total", "suggested"
        )
    }
    current = {
        ranked.application: [ranked.rank, ranked.total, ranked.suggested]
        for ranking in places_by_country(call)
        for ranked in ranking.places
    }
    if proposed != current:
        raise OutOfOrder(
            _("The ranking has changed since the proposal: send it back and propose again.")
        )


def _carry_out(
    selection_round: SelectionRound, applications: Sequence[int], *, by: User | None
) -> None:
    """Let what was decided on some hundred applications happen, in few queries for all of them."""
    # In the order of their keys, as in every batch, so that no two writers wait for each other.
    fresh = Application.objects.select_for_update(of=("self",), no_key=True).filter(
        pk__in=applications
    )
    states = dict(fresh.order_by("pk").values_list("pk", "state"))
    by_outcome: dict[Outcome, list[Decision]] = defaultdict(list)
    for decision in decisions_to_carry_out(selection_round, applications):
        # The row that was read there knows nothing of the instant that was just written.
        decision.selection_round = selection_round
        decision.application.state = states[decision.application_id]
        decision.application.call = selection_round.call
        by_outcome[Outcome(decision.outcome)].append(decision)
    for outcome, decisions in by_outcome.items():
        for decision in decisions:
            move(decision.application, _STATE_AFTER[outcome])
        Application.objects.filter(
            pk__in=[decision.application_id for decision in decisions]
        ).update(state=_STATE_AFTER[outcome])
        if outcome == Outcome.AWARD:
            for decision in decisions:
                offer_award(decision, decision.application, by=by)
        elif outcome == Outcome.RESERVE:
            _tell(RESERVE_LETTER, "reserve-list", decisions, by=by)
        else:
            _tell(REFUSAL_LETTER, "application-refused", decisions, by=by)


def _move_vouchers(selection_round: SelectionRound) -> None:
    """Let countries award vouchers that others cannot fill, as the rule of the call allows."""
    given: dict[CountryQuota, Counter[str]] = {
        quota: Counter(
            selection_round.decisions.filter(application__country=quota.country_id).values_list(
                "outcome", flat=True
            )
        )
        for quota in selection_round.call.quotas.select_for_update().order_by("country_id")
    }
    for quota, moved in moved_vouchers(selection_round.call, given).items():
        if moved:
            quota.moved = moved
            quota.save(update_fields=["moved"])


def _tell(
    kind: DocumentKind, notice: str, decisions: Sequence[Decision], *, by: User | None
) -> None:
    letters = issue_many(
        kind,
        [
            Issue(
                decision,
                partial(decision_facts, decision),
                decision.application.reference or "",
                reads_first=decision.application.language,
            )
            for decision in decisions
        ],
        by=by,
    )
    writers = writers_of({decision.application.cluster_id for decision in decisions})
    notify_many(
        [
            NoticeDraft(
                person,
                notice,
                facts=application_facts(decision.application),
                about=decision,
                documents=[issued[decision.application.language]],
                key=f"decision-{decision.pk}",
            )
            for decision, issued in zip(decisions, letters, strict=True)
            for person in writers[decision.application.cluster_id]
        ]
    )


def _tell_staff(selection_round: SelectionRound) -> None:
    """Tell the country partners that the results of the call stand."""
    call = selection_round.call
    recused = Recusal.objects.filter(application__call=call).values("person")
    for quota in call.quotas.filter(vouchers__gt=0):
        for officer in officers_for(quota.country_id).exclude(pk__in=recused):
            notify(
                officer,
                "selection-published",
                facts={"call": f"{call.name.localize(officer.language)} {call.year}"},
                url=call.get_absolute_url(),
                about=selection_round,
                key=f"selection-{selection_round.pk}",
            )
