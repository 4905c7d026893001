"""The letters of a round, scoped to who asks: coordinators and auditors all, officers their country's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from accounts.models import User
from conduct.queries.scoping import for_system
from documents.kinds import DocumentKind
from documents.models import Document, LetterBatch
from documents.queries import letters_about
from vouchers.applications.models import Recusal
from vouchers.awards.letters import AWARD_LETTER, REFUSAL_LETTER, RESERVE_LETTER
from vouchers.awards.models import Award, Decision, Outcome, SelectionRound
from vouchers.awards.permissions import may_read_selection
from vouchers.awards.queries.selection import rounds_visible_to

_OUTCOME = {RESERVE_LETTER.slug: Outcome.RESERVE, REFUSAL_LETTER.slug: Outcome.REFUSE}
# More names than anybody reads before a press.
NAMED = 30


@dataclass
class Tally:
    """How many letters are made, wait, failed and were given up."""

    made: int = 0
    waiting: int = 0
    failed: int = 0
    given_up: int = 0

    @property
    def all(self) -> int:
        return self.made + self.waiting + self.failed + self.given_up


@dataclass
class BatchProgress:
    """How far a batch is: by language, and in all."""

    languages: dict[str, Tally]
    without_room: int = 0
    without_seal: int = 0

    @property
    def whole(self) -> Tally:
        found = self.languages.values()
        return Tally(
            sum(one.made for one in found),
            sum(one.waiting for one in found),
            sum(one.failed for one in found),
            sum(one.given_up for one in found),
        )

    @property
    def per_cent(self) -> int:
        whole = self.whole
        return whole.made * 100 // whole.all if whole.all else 0


@dataclass
class OfKind:
    """What a kind of letter amounts to in a round, before the press."""

    kind: DocumentKind
    addressees: int
    tally: Tally
    names: Sequence[str] = field(default_factory=list)

    @property
    def missing(self) -> int:
        """Letters that nobody has issued."""
        return max(0, self.addressees * len(settings.LANGUAGES) - self.tally.all)

    @property
    def to_make(self) -> int:
        return self.missing + self.tally.waiting + self.tally.failed


def rounds_with_letters_visible_to(user: User) -> QuerySet[SelectionRound]:
    """The rounds of which the person may read letters: officers', once they are published."""
    seen = rounds_visible_to(user)
    if not user.officer_countries:
        return seen
    theirs = Decision.objects.filter(
        application__country_id__in=user.officer_countries,
        selection_round__state=SelectionRound.State.PUBLISHED,
    ).exclude(application__in=Recusal.objects.filter(person=user).values("application"))
    return SelectionRound.objects.filter(
        Q(pk__in=seen.order_by().values("pk")) | Q(pk__in=theirs.values("selection_round"))
    ).select_related("call")


def letters_of_round_visible_to(user: User, selection_round: SelectionRound) -> QuerySet[Document]:
    """The letters of the round that hold and that the person may read, with their addressee."""
    decisions = Decision.objects.filter(selection_round=selection_round).exclude(
        application__in=Recusal.objects.filter(person=user).values("application")
    )
    if not may_read_selection.test(user):
        decisions = decisions.filter(application__country_id__in=user.officer_countries)
    awards = Award.objects.filter(decision__in=decisions.order_by().values("pk"))
    found = letters_about([AWARD_LETTER.slug], Award, awards) | letters_about(
        list(_OUTCOME), Decision, decisions
    )
    return with_addressee(found)


def with_addressee(letters: QuerySet[Document]) -> QuerySet[Document]:
    """The letters with the name of the cluster to which each goes, and without all other facts."""
    return letters.annotate(addressee=KT("facts__cluster")).defer("facts")


def batches_of_rounds_visible_to(user: User) -> QuerySet[LetterBatch]:
    """The batches of the rounds of which the person may read letters."""
    rounds = rounds_with_letters_visible_to(user).order_by()
    return (
        LetterBatch.objects.filter(
            content_type=ContentType.objects.get_for_model(SelectionRound),
            object_id__in=rounds.annotate(as_text=Cast("pk", CharField())).values("as_text"),
        )
        .select_related("started_by")
        .order_by("-started_at", "-pk")
    )


def batch_progress(batch: LetterBatch, letters: QuerySet[Document]) -> BatchProgress:
    """How far the batch is with those of these letters that are in it; two queries."""
    within = batch.letters.filter(document__in=letters.order_by().values("pk"))
    counted = within.values("document__language", fate=_FATE).annotate(number=Count("pk"))
    progress = BatchProgress({code: Tally() for code, _name in settings.LANGUAGES})
    for language, fate, number in counted.values_list("document__language", "fate", "number"):
        setattr(progress.languages[language], fate, number)
    waiting = within.filter(Q(document__state__in=["pending", "rendered"]), given_up_at=None)
    progress.without_room, progress.without_seal = waiting.aggregate(
        room=Count("pk", filter=Q(document__no_space_since__isnull=False)),
        seal=Count("pk", filter=Q(document__last_error__startswith="NoSeal")),
    ).values()
    return progress


def failed_in(batch: LetterBatch, letters: QuerySet[Document]) -> QuerySet[Document]:
    """Those of these letters that the batch could not make."""
    within = batch.letters.filter(given_up_at=None).values("document")
    return letters.filter(pk__in=within, state=Document.State.FAILED).order_by("reference", "kind")


@for_system("a person finds the round before, and only who steers it is shown this")
def before_the_press(
    selection_round: SelectionRound, kinds: Sequence[DocumentKind]
) -> list[OfKind]:
    """For each kind of letter: how many addressees, what is made of it, whom it goes to."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    letters = letters_about([AWARD_LETTER.slug], Award, addressed_awards(selection_round))
    letters |= letters_about(list(_OUTCOME), Decision, selection_round.decisions.all())
    counted = letters.values("kind", fate=_fate("")).annotate(number=Count("pk"))
    for kind, fate, number in counted.values_list("kind", "fate", "number"):
        setattr(tallies[kind], fate, number)
    found = []
    for one in kinds:
        names = _names(selection_round, one)
        found.append(
            OfKind(one, names.count(), tallies[one.slug], [str(name) for name in names[:NAMED]])
        )
    return found


@for_system("of a round that an action holds, whose letters it issues")
def addressed_awards(selection_round: SelectionRound) -> QuerySet[Award]:
    """The awards of a round with all that their letters state, by country and rank."""
    return (
        Award.objects.filter(decision__selection_round=selection_round)
        .select_related(
            *(f"decision__{path}" for path in _STATED),
            *("application__cluster", "application__country__partner", "application__call"),
        )
        .prefetch_related("decision__scores__criterion", "decision__comments")
        .order_by("application__country_id", "decision__rank", "pk")
    )


@for_system("of a round that an action holds, whose letters it issues")
def addressed_decisions(selection_round: SelectionRound, kind: str) -> QuerySet[Decision]:
    """The decisions that a kind of letter tells, with all that it states, by country and rank."""
    return (
        selection_round.decisions.filter(outcome=_OUTCOME[kind])
        .select_related(*_STATED)
        .prefetch_related("scores__criterion", "comments")
        .order_by("application__country_id", "rank", "pk")
    )


_STATED = (
    "application__cluster",
    "application__country__partner",
    "application__call",
    "feedback",
    "reserve_place",
    "selection_round__decided_by",
)


def _names(selection_round: SelectionRound, kind: DocumentKind) -> QuerySet[Award, str]:
    """The clusters to which a kind of letter goes, by country and rank."""
    if kind == AWARD_LETTER:
        return addressed_awards(selection_round).values_list(
            "application__cluster__name", flat=True
        )
    decisions = addressed_decisions(selection_round, kind.slug)
    return decisions.values_list("application__cluster__name", flat=True)  # type: ignore[return-value]


def _fate(path: str) -> Case:
    """What became of a letter that is found by `path`."""
    return Case(
        When(**{f"{path}state": Document.State.READY}, then=Value("made")),
        When(**{f"{path}state": Document.State.FAILED}, then=Value("failed")),
        default=Value("waiting"),
    )


_FATE = Case(When(given_up_at__isnull=False, then=Value("given_up")), default=_fate("document__"))
