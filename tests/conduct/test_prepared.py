"""A statement that was written once says what the read itself says, for whoever asks and whenever."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.postgres.fields import DateRangeField
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Value
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import grant_role
from accounts.models import User
from conduct.queries import days, once, prepared
from conduct.queries.counting import keys_of
from conduct.queries.once import reading_once
from conduct.queries.prepared import SqlStatement, name_of, statement, written
from dashboards.figures.kinds import FIGURES
from dashboards.figures.queries import Scope, _grouped, _statement
from dashboards.queries.waiting import WaitingWork
from dashboards.queries.work.week import days_ahead
from dashboards.queries.worklist import every_kind, watched_by
from tests.making import voucher_story
from tests.people import person
from vouchers.applications.models import Application, Recusal
from vouchers.applications.queries import applications_visible_to
from vouchers.awards.queries import vouchers_visible_to

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def anew():
    """Nothing is written yet, and the clock stands still."""
    prepared.forget()
    with time_machine.travel(NOW, tick=False):
        yield
    prepared.forget()


def recused(user, application):
    Recusal.objects.create(application=application, person=user, reason="A cousin")
    return user


@pytest.fixture
def readers():
    """People of every role, some of two, of two countries, and with applications shut to them."""
    told = voucher_story("claimed 0")
    application = told.voucher.award.application
    two, both = person(role="officer", country="LB"), person(role="officer", country="LB")
    grant_role(two, "officer", country_code="MA", by=None)
    grant_role(both, "coordinator", by=None)
    return [
        *told.cast.coordinators,
        recused(person(role="coordinator"), application),
        told.cast.officer("LB"),
        told.cast.officer("MA"),
        *User.objects.filter(pk__in=[two.pk, both.pk]),
        recused(person(role="officer", country="LB"), application),
        *(person(role=role) for role in ("finance", "auditor", "administrator", "assessor")),
        told.manager,
    ]


def kinds_of(user):
    every = [*every_kind(user), *days_ahead(user), *watched_by(user)]
    return [kind for kind in every if isinstance(kind, WaitingWork)]


def is_same(one: SqlStatement, other: SqlStatement) -> bool:
    """Countries and keys are sets: their order says nothing."""
    told = [(each.sql, sorted(map(str, each.params)), len(each.params)) for each in (one, other)]
    return told[0] == told[1]


@pytest.mark.parametrize("reads_once", [True, False])
def test_every_kind_of_work_is_asked_as_its_read_says(readers, reads_once):
    asked = 0
    for moment in (NOW, NOW + timedelta(days=400)):
        with time_machine.travel(moment, tick=False):
            # Each twice: the second is asked with the statement that the first has left.
            for user in (*readers, *readers):
                with reading_once() if reads_once else once.nothing_known():
                    for kind in kinds_of(user):
                        found = statement((kind.name, name_of(kind.read)), kind.aged, user)
                        assert is_same(found, written(kind.aged(user))), (user, kind.name)
                        asked += 1
    assert asked > 200


def test_every_kind_of_work_and_every_figure_can_be_prepared(readers):
    for user in readers:
        with reading_once():
            for kind in kinds_of(user):
                statement((kind.name, name_of(kind.read)), kind.aged, user)
            for figure in FIGURES.values():
                if figure.source.shown_to(user):
                    _statement(user, figure.source, Scope(), [figure])
    unable = [name for name, found in prepared._WRITTEN.items() if found is None]
    assert not unable, "what is written each time costs a desk milliseconds"


def test_every_figure_is_asked_as_its_source_says(readers):
    call = Application.objects.first().call
    for user in (*readers, *readers):
        for scope in (Scope(), Scope(call), Scope(country="LB"), Scope(call, "MA")):
            for figure in FIGURES.values():
                source = figure.source
                if not source.shown_to(user):
                    continue
                by = {source.call: scope.call and scope.call.pk, source.country: scope.country}
                by = {path: value for path, value in by.items() if path and value}
                with reading_once():
                    found = _statement(user, source, scope, [figure])
                    read = _grouped(
                        user,
                        *by.values(),
                        source=source,
                        figures=[figure],
                        by=list(by),
                        period=None,
                    )
                    assert is_same(found, written(read)), (user, figure.name)


def test_a_read_is_the_same_with_keys_as_with_subqueries(readers):
    for user in readers:
        for kind in kinds_of(user):
            with reading_once():
                among = set(kind.read(user).values_list("pk", flat=True))
            assert among == set(kind.read(user).values_list("pk", flat=True)), (user, kind.name)


def test_what_is_shut_is_read_once_and_fresh_elsewhere():
    told = voucher_story("claimed 0")
    coordinator = person(role="coordinator")
    with reading_once():
        assert vouchers_visible_to(coordinator).exists()
        recused(coordinator, told.voucher.award.application)
        assert vouchers_visible_to(coordinator).exists()
        assert applications_visible_to(coordinator).exists()
    assert not vouchers_visible_to(coordinator).exists()
    with reading_once(), CaptureQueriesContext(connection) as asked:
        assert not vouchers_visible_to(coordinator).exists()
        assert not vouchers_visible_to(coordinator).exists()
    assert sum("vouchers_recusal" in one["sql"] for one in asked) == 1


def of_person(user):
    return keys_of(User.objects.filter(pk=user.pk))


def test_what_cannot_be_prepared_is_written_each_time():
    def looks_at_more(reader):
        return keys_of(User.objects.filter(language=reader.language))

    def queries_first(reader):
        return keys_of(User.objects.filter(pk__in=[one["pk"] for one in of_person(reader)]))

    def of_another_clock(_reader):
        return keys_of(User.objects.filter(date_joined__lt=timezone.now()))

    def of_a_fixed_day(_reader):
        days.today()
        return keys_of(User.objects.filter(date_joined__lt=datetime(2026, 1, 1, tzinfo=UTC)))

    def within_a_text(reader):
        return keys_of(User.objects.filter(full_name__contains=str(reader.pk)))

    def by_a_range(_reader):
        until = Value(DateRange(days.today(), None), output_field=DateRangeField())
        return keys_of(User.objects.alias(until=until).filter(until=F("until")))

    def by_a_word_for_each_country(reader):
        said = {"LB": "Beirut", "MA": "Rabat"}
        return keys_of(User.objects.filter(full_name__in=map(said.get, reader.officer_countries)))

    def only_of_known_countries(reader):
        said = {"LB": "Beirut", "MA": "Rabat"}
        [country] = reader.officer_countries
        return keys_of(User.objects.filter(full_name=said[country]))

    reads = (
        by_a_word_for_each_country,
        only_of_known_countries,
        looks_at_more,
        queries_first,
        of_another_clock,
        of_a_fixed_day,
        within_a_text,
        by_a_range,
    )
    is_written_each_time(*reads)


def is_written_each_time(*reads):
    user, other = person(role="officer", country="LB"), person(role="officer", country="MA")
    for read in reads:
        for reader in (user, other):
            assert statement(read.__name__, read, reader) == written(read(reader)), read
        assert set(prepared._WRITTEN.values()) == {None}, read
        prepared.forget()


def test_a_country_that_a_text_begins_with_is_no_mark():
    def begins_with(reader):
        [country] = reader.officer_countries
        return keys_of(Application.objects.filter(reference__startswith=country))

    is_written_each_time(begins_with)


def test_people_of_two_zones_read_their_own_days():
    def read(_reader):
        return keys_of(User.objects.filter(date_joined__date=days.today()))

    for zone in ("Asia/Beirut", "America/New_York"):
        with timezone.override(ZoneInfo(zone)):
            assert statement("day", read, None) == written(read(None))


def test_whoever_comes_first_is_compared_with_what_django_writes(caplog):
    """A read that says of a stand-in something else than of people, whatever the reason."""

    def tells_them_apart(reader):
        found = User.objects.filter(pk=reader.pk)
        return keys_of(found if reader.pk < 0 else found.filter(is_active=True))

    is_written_each_time(tells_them_apart)
    assert [one.levelname for one in caplog.records] == ["WARNING"], "told once"
    assert "tells_them_apart" in caplog.text


def test_what_another_thread_forgets_is_written_anew(monkeypatch):
    user = person(role="coordinator")
    monkeypatch.setattr(prepared, "_MOST", 0)
    monkeypatch.setattr(prepared, "days", _Forgetting())
    for _each in range(2):
        assert statement("of person", of_person, user) == written(of_person(user))


class _Forgetting:
    """The clock, by whose every look somebody has forgotten all."""

    def __getattr__(self, name):
        prepared.forget()
        return getattr(days, name)


def test_what_can_be_is_built_once_for_all_of_a_role():
    built = []

    def read(reader):
        built.append(reader.pk)
        return of_person(reader).annotate(number=F("pk"))

    readers = [person(role="coordinator") for _each in range(3)]
    for reader in readers:
        assert statement("of person", read, reader).params == (reader.pk,)
    stand_in, first = built
    assert stand_in < 0, "a key that no person has"
    assert first == readers[0].pk, "whoever comes first is what it is compared with"


def test_a_read_that_encloses_values_has_no_name():
    user = person(role="coordinator")
    with pytest.raises(TypeError, match="encloses values"):
        name_of(lambda _reader: of_person(user))
    with pytest.raises(TypeError, match="encloses values"):
        name_of(lambda _reader, user=user: of_person(user))
    with pytest.raises(TypeError, match="encloses values"):
        name_of(lambda _reader, *, user=user: of_person(user))
