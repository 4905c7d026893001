"""Growth figures: one set a year, exact money, bars with the table beside them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from clusters.actions import correct_figures, enter_figures
from clusters.models import GrowthFigures, Representative
from clusters.wording.growth import charts, figures_of, shown
from conduct.actions import NotAllowed
from tests.people import log_in, person

pytestmark = pytest.mark.django_db


def page(cluster, name="growth", *more):
    return reverse(f"clusters:{name}", args=[cluster.slug, *more])


def test_a_year_is_entered_shown_and_corrected(client, manager, cluster):
    log_in(client, manager)
    client.post(
        page(cluster, "add_figures"),
        {"year": "2023", "members": "117", "turnover": "1250000.50", "jobs": ""},
    )
    figures = GrowthFigures.objects.get()
    assert (figures.members, figures.jobs, figures.turnover) == (117, None, Decimal("1250000.50"))
    html = client.get(page(cluster)).content.decode()
    assert "<svg" in html
    assert "1,250,000.50" in html
    client.post(page(cluster, "edit_figures", figures.pk), {"year": "2023", "members": "118"})
    figures.refresh_from_db()
    assert (figures.members, figures.turnover) == (118, None)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"year": "2023", "members": "5"}, "entered already"),
        ({"year": "2022"}, "one figure at least"),
        ({"year": "22", "members": "5"}, "not a year, such as 2021"),
        ({"year": "1989", "members": "5"}, "greater than or equal to 1990"),
        ({"year": "2022", "turnover": "-1"}, "greater than or equal to 0"),
        ({"year": "2022", "turnover": "a lot"}, "This is not a number"),
        ({"year": "2022", "turnover": "1.0051"}, "at most two decimals"),
    ],
)
def test_a_wrong_year_or_figure_is_told_and_what_was_typed_stays(
    client, manager, cluster, typed, sentence
):
    enter_figures(cluster, year=2023, members=1, by=manager)
    answer = log_in(client, manager).post(page(cluster, "add_figures"), typed)
    html = answer.content.decode()
    assert sentence in html
    for value in typed.values():
        assert f'value="{value}"' in html
    assert cluster.growth.count() == 1


def test_bars_are_shares_of_the_largest_year(cluster, manager):
    enter_figures(cluster, year=2022, members=50, by=manager)
    enter_figures(cluster, year=2023, members=200, jobs=0, by=manager)
    members, jobs = charts(figures_of(cluster.growth.all()))
    assert [(bar.label, bar.text, bar.share) for bar in members.bars] == [
        ("2022", "50", Decimal("25.0")),
        ("2023", "200", Decimal("100.0")),
    ]
    assert [bar.share for bar in jobs.bars] == [Decimal("0.0")]


def test_figures_are_written_as_the_reader_writes_them():
    assert shown("1250000.50") == "1,250,000.50"
    with translation.override("fr"):
        assert shown("1250000.50").replace("\u202f", " ").replace("\xa0", " ") == "1 250 000,50"


def test_readers_and_staff_read_figures_only(client, cast, manager, cluster):
    figures = enter_figures(cluster, year=2023, members=5, by=manager)
    reader = person()
    Representative.objects.create(cluster=cluster, user=reader, level="reader")
    for someone in (reader, cast.officer("LB"), cast.coordinators[0]):
        log_in(client, someone)
        assert client.get(page(cluster)).status_code == 200
        assert client.get(page(cluster, "add_figures")).status_code == 403
        assert client.get(page(cluster, "edit_figures", figures.pk)).status_code == 403
    assert log_in(client, person()).get(page(cluster)).status_code == 404
    with pytest.raises(NotAllowed):
        correct_figures(figures, year=2023, members=6, by=reader)


def test_a_correction_cannot_make_a_year_stand_twice(manager, cluster):
    enter_figures(cluster, year=2023, members=5, by=manager)
    other = enter_figures(cluster, year=2022, members=5, by=manager)
    with pytest.raises(ValidationError, match="entered already"):
        correct_figures(other, year=2023, members=5, by=manager)
