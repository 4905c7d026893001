"""No address breaks, whatever a machine sends it: each answers with a page, a sentence, or 4xx."""

from __future__ import annotations

import traceback
from collections.abc import Callable

import pytest
from django.db import transaction
from django.forms import formset_factory
from django.http import HttpResponseBase
from django.test import Client, RequestFactory

from conduct.forms import ReasonForm, RowFormSet, typed_rows
from tests.access.absurd import (
    BODIES,
    COOKIES,
    HEADERS,
    TUS_HEADERS,
    VALUES,
    FieldsOfPages,
    Route,
    absurd_forms,
    absurd_paths,
    routes,
    usual_path,
)
from tests.access.asked_with import parameters
from tests.access.walking import Rollback, written_table
from tests.access.world import clients, world

pytestmark = pytest.mark.django_db

__all__ = ["world"]
# Whoever gets one of these from an address has passed the door of its view.
INSIDE = {"page", "form", "done", "leads on"}
VISITORS_AND_APPLICANT = ("visitor", "cluster, own")


class Walk:
    """Every address, with the clients that get furthest into it, and what broke on the way."""

    def __init__(self, world) -> None:
        self.broken: dict[str, str] = {}
        self.count = 0
        table = written_table()
        self.visits: list[tuple[Route, dict[str, object], list[str]]] = []
        for route in routes():
            answers = table.get(route.name, {})
            inside = [role for role, answer in answers.items() if answer in INSIDE]
            roles = ["visitor", *inside[:1]] if answers else VISITORS_AND_APPLICANT
            self.visits.append((route, parameters(world, route.name), list(roles)))
        self.clients = clients(world)

    def each(self, *, furthest: bool = False):
        """Every address with each of its visitors, or with the one who gets furthest."""
        for route, known, roles in self.visits:
            for role in roles[-1:] if furthest else dict.fromkeys(roles):
                yield route, known, role

    def ask(self, role: str, what: str, request: Callable[[Client], HttpResponseBase]):
        """The answer to a request; whatever it wrote is undone, and a 500 is noted down."""
        answer = None
        self.count += 1
        try:
            with transaction.atomic():
                answer = request(self.clients[role])
                if answer.streaming:
                    b"".join(answer.streaming_content)
                # That a worker is silent is what /readyz is asked for.
                if answer.status_code >= 500 and answer.request["PATH_INFO"] != "/readyz":
                    self.note(role, what, str(answer.status_code))
                raise Rollback
        except Rollback:
            pass
        except Exception as error:
            self.note(role, what, _where(error))
        return answer

    def note(self, role: str, what: str, problem: str) -> None:
        self.broken.setdefault(problem, f"{role}: {what[:300]!r}")

    def fail_if_broken(self) -> None:
        assert self.count > 100
        assert not self.broken, "\n\n".join(
            f"{problem}\n  {what}" for problem, what in self.broken.items()
        )


def _where(error: Exception) -> str:
    ours = [
        f"{frame.filename}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
        if "site-packages" not in frame.filename and "/tests/" not in frame.filename
    ]
    return f"{type(error).__name__}: {str(error)[:200]}\n  " + " <- ".join(reversed(ours[-3:]))


def is_deaf_to_questions(answer: HttpResponseBase | None) -> bool:
    """Whether nothing looked at what was asked: another question is answered by the same steps."""
    return answer is not None and "GET" not in vars(answer.wsgi_request)


def is_deaf_to_bodies(answer: HttpResponseBase | None) -> bool:
    """Whether nothing looked at what was sent, as form, file or bare: as where only GET is allowed."""
    if answer is None:
        return False
    request = answer.wsgi_request
    looked_at = {"_post", "_files", "_body"} & vars(request).keys()
    return not (looked_at or request._read_started or "GET" in vars(request))


@pytest.fixture
def walk(world):
    return Walk(world)


def test_absurd_addresses_are_not_found(walk):
    for route, known, role in walk.each():
        for path in absurd_paths(route, known):
            walk.ask(role, path, lambda client, path=path: client.get(path))
            walk.ask(role, f"POST {path}", lambda client, path=path: client.post(path))
    walk.fail_if_broken()


def test_absurd_questions_are_answered(walk):
    for route, known, role in walk.each(furthest=True):
        path = usual_path(route, known)
        for form in absurd_forms(set()):
            answer = walk.ask(
                role, f"{path} {form}", lambda client, f=form, p=path: client.get(p, f)
            )
            if is_deaf_to_questions(answer):
                break
    walk.fail_if_broken()


def test_absurd_forms_are_refused_with_a_sentence(walk):
    pages = FieldsOfPages()
    for route, known, role in walk.each(furthest=True):
        path = usual_path(route, known)
        answer = walk.ask(role, path, lambda client, p=path: client.get(p))
        is_page = answer is not None and answer.get("Content-Type", "").startswith("text/html")
        if is_page and not answer.streaming:
            pages.read(path, answer.content.decode())
    assert len(pages.fields) > 60
    for route, known, role in walk.each(furthest=True):
        path = usual_path(route, known)
        for form in absurd_forms(pages.fields[route.name]):
            answer = walk.ask(
                role, f"POST {path} {form}", lambda client, f=form, p=path: client.post(p, f)
            )
            if is_deaf_to_bodies(answer):
                break
    walk.fail_if_broken()


def test_absurd_bodies_are_refused(walk):
    for route, known, role in walk.each(furthest=True):
        path = usual_path(route, known)
        method = "patch" if route.name.startswith("files:") else "post"
        for content_type, body in BODIES:
            answer = walk.ask(
                role,
                f"{method} {path} {content_type} {body[:40]!r}",
                # The client's own methods would encode the body themselves.
                lambda client, m=method, p=path, b=body, c=content_type: client.generic(
                    m.upper(), p, b, content_type=c
                ),
            )
            if is_deaf_to_bodies(answer):
                break
    walk.fail_if_broken()


def test_absurd_headers_are_passed_over(walk):
    for route, known, role in walk.each(furthest=True):
        path = usual_path(route, known)
        tries = [(role, "get", headers) for headers in HEADERS]
        tries += [(role, "post", HEADERS[0]), ("visitor", "get", COOKIES)]
        if route.name.startswith("files:"):
            tries += [(role, m, h) for m in ("post", "head", "patch") for h in TUS_HEADERS]
        for who, method, headers in tries:
            walk.ask(
                who,
                f"{method} {path} {headers}",
                lambda client, m=method, p=path, h=headers: getattr(client, m)(p, headers=h),
            )
    walk.fail_if_broken()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/invitations/%00/", 404),
        ("/invitations/a%00b/", 404),
        ("/verify/%00/", 404),
        ("/%00", 404),
        ("/?call=%00", 400),
        ("/calls/?%00=1", 400),
        ("/clusters/?text=a%00b", 400),
        ("/clusters/?page=" + "9" * 5000, 200),
        ("/clusters/?text=%FF%FE", 200),
    ],
)
def test_what_was_seen_is_answered_as_it_should_be(client, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    assert "<h1>" in answer.content.decode()


@pytest.mark.parametrize("count", ["abc", "", "-1", "9" * 5000, "²", "1.5", "\x00"])
def test_rows_that_cannot_be_counted_are_a_sentence(count):
    """As each form with rows reads them when “Add a row” is pressed, and when it is saved."""
    rows = formset_factory(ReasonForm, formset=RowFormSet)
    sent = {"form-TOTAL_FORMS": count, "form-INITIAL_FORMS": "0", "form-0-reason": "Typed"}
    grown = typed_rows(RequestFactory().post("/", {**sent, "add_row": "form"}))
    assert len(rows(grown).forms) <= 1001
    kept = rows(RequestFactory().post("/", sent).POST)
    # Fewer rows than none are none.
    assert kept.is_valid() is (count == "-1")


def test_whether_anything_looked_at_what_was_sent_is_known():
    """What is asked once only: a page that reads neither question nor body."""

    def answer(request, look):
        look(request)
        answered = HttpResponseBase()
        answered.wsgi_request = request
        return answered

    make = RequestFactory()
    assert is_deaf_to_questions(answer(make.get("/?a=b"), lambda request: request.path))
    assert not is_deaf_to_questions(answer(make.get("/?a=b"), lambda request: request.GET.get("a")))
    assert is_deaf_to_bodies(answer(make.post("/", {"a": "b"}), lambda request: request.method))
    for look in (
        lambda request: request.POST.get("a"),
        lambda request: request.FILES,
        lambda request: request.body,
        lambda request: request.read(1),
        lambda request: request.GET,
    ):
        assert not is_deaf_to_bodies(answer(make.post("/", {"a": "b"}), look))
    assert not is_deaf_to_bodies(None)
    assert not is_deaf_to_questions(None)


def test_the_walk_knows_every_address():
    assert len(routes()) > 200
    assert len(VALUES) > 10
