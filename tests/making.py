"""Calls, applications and vouchers for tests, made by the portal's own actions.

The people and the texts are those of the demonstration; each helper stops at the stage it names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from conduct.queries.days import today
from demonstration.calls import open_call, set_up_countries
from demonstration.cast import Cast
from demonstration.clock import FIRST_ZONE, noon, on
from demonstration.content.accounts import bank_account
from demonstration.content.answers import answers_of
from demonstration.content.banks import BICS
from demonstration.content.clusters import ClusterFacts, made_up
from demonstration.story import Story, VoucherStory
from tests.remembering import remembered
from vouchers.applications import actions
from vouchers.applications.models import Application
from vouchers.awards.models import Award
from vouchers.calls import actions as calls
from vouchers.calls.models import Call
from vouchers.providers.actions.accounts import register_provider, verify_provider_account

LB = made_up("LB", 1)
LB_SECOND = made_up("LB", 3)
LB_THIRD = made_up("LB", 5)
MA = made_up("MA", 1)

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>endobj\n"
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n"
    b"0000000101 00000 n \ntrailer<</Root 1 0 R/Size 4>>\nstartxref\n178\n%%EOF\n"
)


def today_there() -> date:
    """The day that it is in Lebanon, where the clusters of most tests are."""
    return today(FIRST_ZONE)


def pdf(name: str = "paper.pdf", text: str = "") -> SimpleUploadedFile:
    """A small PDF to upload; another `text` makes other bytes."""
    return SimpleUploadedFile(name, PDF + text.encode(), content_type="application/pdf")


def fill_in(story: Story, draft: Application, facts: ClusterFacts = LB) -> None:
    """Answer everything that the form asks, and attach a file; drafts stay drafts."""
    actions.save_answers(
        draft,
        story.contents(answers_of(facts, draft.call)),
        seen={answer.question_id: answer.version for answer in draft.answers.all()},
        by=draft.started_by,
    )
    papers = draft.call.questions.get(kind="file")
    actions.attach_file(draft, papers, pdf(), by=draft.started_by)


@remembered
def cast_of_all() -> Cast:
    """Everybody who has a role, with their second factor, and the countries."""
    cast = Cast()
    cast.make_staff()
    set_up_countries(cast.coordinators[0])
    for person in User.objects.exclude(authenticator__type="totp"):
        TOTP.activate(person, generate_totp_secret())
    return cast


@contextmanager
def opening(change: Callable[[Call], object]) -> Iterator[None]:
    """Let a test change what is built of a call just before it opens: afterwards it is fixed.

    A story of a call that is changed so is remembered where the change has a name for it,
    `remembered_as`.
    """
    open_call = calls.open_call

    def changed(call: Call, *, by: User) -> Call:
        change(call)
        call.refresh_from_db()
        return open_call(call, by=by)

    changed.remembered_as = getattr(change, "remembered_as", None)
    with patch.object(calls, "open_call", changed):
        yield


def unfilled_go(rule: str) -> Callable[[Call], object]:
    """The change that says what becomes of vouchers that a country cannot fill."""

    def change(call: Call) -> int:
        return Call.objects.filter(pk=call.pk).update(unfilled_quota=rule)

    change.remembered_as = f"unfilled go: {rule}"
    return change


def of_one_signature(call: Call) -> None:
    """The change that lets the cluster alone sign the agreements of a call."""
    Call.objects.filter(pk=call.pk).update(countersigned=False)


of_one_signature.remembered_as = "signed by the cluster alone"


@remembered
def open_story(quotas: dict[str, int] | None = None, *, amount: str = "5000.00") -> Story:
    """A call that is open now."""
    cast = cast_of_all()
    with on(noon(-20)):
        call = open_call(
            by=cast.coordinators[0],
            code="SUV",
            slug="call",
            opens=timezone.now(),
            deadline=noon(40),
            amount=amount,
            quotas=quotas or {"LB": 2, "MA": 2},
        )
    return Story(cast, call)


@remembered
def applied_story(facts: ClusterFacts = LB, *, stage: str = "sent") -> Story:
    """The same with the application of a cluster: sent, or a draft as it begins or `filled` in."""
    story = open_story()
    application = story.apply(facts, send=stage == "sent")
    if stage == "filled":
        fill_in(story, application, facts)
    return story


@remembered
def closed_story(
    *clusters: ClusterFacts,
    quotas: dict[str, int] | None = None,
    amount: str = "5000.00",
    scores: list[tuple[str, str, str]] | None = None,
) -> tuple[Story, list[Application]]:
    """A call after its deadline, with eligible applications, scored where `scores` are given."""
    cast = cast_of_all()
    with on(noon(-60)):
        call = open_call(
            by=cast.coordinators[0],
            code="SUV",
            slug="call",
            opens=timezone.now(),
            deadline=noon(20),
            amount=amount,
            quotas=quotas or {"LB": 2, "MA": 2},
        )
    story = Story(cast, call)
    with on(noon(-50)):
        sent = [story.check(story.apply(facts)) for facts in clusters or (LB,)]
    with on(noon(-38)):
        for application, values in zip(sent, scores or [], strict=False):
            story.score_fully(application, values)
    call.refresh_from_db()
    return story, sent


@remembered
def awarded(*clusters: ClusterFacts, **terms) -> tuple[Story, list[Award]]:
    """A decided call that offers a voucher to each of the clusters."""
    clusters = clusters or (LB,)
    story, sent = closed_story(*clusters, scores=[("4", "4", "4")] * len(clusters), **terms)
    with on(noon(-15)):
        story.select()
    return story, [Award.objects.get(application=application) for application in sent]


@remembered
def voucher_story(
    until: str = "", *, facts: ClusterFacts = LB, by_both: bool = True, **terms
) -> VoucherStory:
    """A voucher whose story is told up to the step called `until`; none but its issue without.

    Its agreement waits for the coordinators unless it is signed `by_both`.
    """
    story, awards = awarded(facts, **terms)
    # Long enough before anything is paid: an account cools down once it is verified.
    with on(noon(-20)):
        provider = register_provider(
            awards[0].application.country,
            name="Cedar Consulting",
            bank_account=bank_account(facts.country, 77),
            bic=BICS[facts.country],
            town="Beirut",
            by=story.cast.officer(facts.country),
        )
        verify_provider_account(provider.accounts.get(), by=story.cast.coordinators[1])
    with on(noon(-14)):
        application = awards[0].application
        voucher = story.accept(application) if by_both else story.sign(application)
    told = VoucherStory(story.cast, voucher, facts, provider, "EUR")
    if until:
        told.go(until, starting=noon(-12), days=0)
    told.voucher.refresh_from_db()
    return told
