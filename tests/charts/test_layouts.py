"""Where the parts of pictures are drawn: computed from values, nothing over the border."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts.layouts import (
    Event,
    Line,
    Panel,
    Polygon,
    Rect,
    Stack,
    Task,
    Text,
    Value,
    bars,
    funnel,
    gantt,
    mirrored,
    multiples,
    stacked_bars,
    timeline,
)
from charts.layouts.days import Axis
from charts.layouts.marks import WIDTH, shortened, width_of

TWO = ("What", "How many")
DAYS = {"write_day": date.isoformat, "write_month": lambda day: f"{day:%b %Y}"}


def values(*figures):
    return [Value(f"row {place}", figure, str(figure)) for place, figure in enumerate(figures)]


def marks_of(picture, kind):
    return [mark for mark in picture.marks if isinstance(mark, kind)]


def drawn(picture):
    """The rectangles that show a figure."""
    return [mark for mark in marks_of(picture, Rect) if mark.fill != "track"]


def corners(picture):
    for mark in picture.marks:
        if isinstance(mark, Rect):
            yield from ((mark.x, mark.y), (mark.x + mark.width, mark.y + mark.height))
        elif isinstance(mark, Line):
            yield from ((mark.x1, mark.y1), (mark.x2, mark.y2))
        elif isinstance(mark, Polygon):
            yield from mark.points
        else:
            width = width_of(mark.text, mark.size)
            start = mark.x - width * {"start": 0, "middle": 0.5, "end": 1}[mark.anchor]
            yield from ((start, mark.y), (start + width, mark.y))


def is_inside(picture):
    return all(
        -1 <= x <= picture.width + 1 and -1 <= y <= picture.height + 1 for x, y in corners(picture)
    )


def test_bars_are_parts_of_the_axis_or_of_the_largest():
    full = 324
    picture = bars("b", "Title", values(50, 200, 0), headings=TWO)
    assert [bar.share for bar in picture.bars] == [
        Decimal("25.0"),
        Decimal("100.0"),
        Decimal("0.0"),
    ]
    assert [mark.width for mark in drawn(picture)] == [full / 4, full, 0]
    against = bars("b", "Title", values(50, 200), headings=TWO, axis=400)
    assert [mark.width for mark in drawn(against)] == [full / 8, full / 2]
    # More than there is fills the axis; its figure says how much it is.
    over = bars("b", "Title", values(500), headings=TWO, axis=400)
    assert [mark.width for mark in drawn(over)] == [full]
    assert over.rows == (("row 0", "500"),)


def test_nothing_but_zeros_is_drawn_too():
    assert [bar.share for bar in bars("b", "T", values(0, 0), headings=TWO).bars] == [0, 0]
    assert bars("b", "T", [], headings=TWO).rows == ()


@pytest.mark.parametrize("draw", [bars, funnel])
def test_a_negative_figure_is_not_drawn_as_something_else(draw):
    with pytest.raises(ValueError, match="negative"):
        draw("b", "T", values(1, -1), headings=TWO)


def test_an_edge_stands_below_the_first_bars_if_there_are_others():
    def edges(after):
        picture = bars("b", "T", values(3, 2, 1), headings=TWO, edge_after=after)
        return [line.y1 for line in marks_of(picture, Line) if line.kind == "edge"]

    (at,) = edges(2)
    assert drawn(bars("b", "T", values(3, 2, 1), headings=TWO))[1].y < at
    assert at < drawn(bars("b", "T", values(3, 2, 1), headings=TWO))[2].y
    assert edges(3) == edges(0) == []


def test_ticks_stand_at_their_parts_of_the_axis():
    picture = bars("b", "T", values(1), headings=TWO, ticks=[(0, "0"), (0.5, "½"), (1, "1")])
    assert [line.x1 for line in marks_of(picture, Line)] == [8, 170, 332]


def test_a_long_label_leaves_room_for_the_figure_and_stands_whole_in_the_table():
    label = "A cluster with a very long name " * 4
    picture = bars("b", "T", [Value(label, 1, "1,000,000.00 EUR")], headings=TWO)
    name, figure = marks_of(picture, Text)
    assert name.text.endswith("…")
    assert name.x + width_of(name.text) <= figure.x - width_of(figure.text)
    assert picture.rows[0][0] == label
    assert shortened("short", 100) == "short"


def test_parts_of_a_stack_follow_each_other_and_end_at_its_sum():
    stacks = [Stack("Lebanon", ((10, "10"), (0, "0"), (30, "30")), "40")]
    picture = stacked_bars("s", "T", ["a", "b", "c"], stacks, headings=("Country", "All"), axis=80)
    *_legend, first, last = drawn(picture)
    assert (first.x, first.width) == (8, 40.5)
    assert (last.x, last.width) == (48.5, 121.5)
    assert first.fill != last.fill
    assert picture.headings == ("Country", "a", "b", "c", "All")
    assert picture.rows == (("Lebanon", "10", "0", "30", "40"),)


def test_a_stack_has_a_part_and_a_fill_for_each_series():
    with pytest.raises(ValueError, match="one part for each"):
        stacked_bars("s", "T", ["a", "b"], [Stack("L", ((1, "1"),), "1")], headings=TWO)
    with pytest.raises(ValueError, match="one part for each"):
        stacked_bars("s", "T", list("abcdefg"), [], headings=TWO)


def test_a_legend_takes_as_many_lines_as_it_needs():
    series = ["a series with a long name"] * 5
    picture = stacked_bars("s", "T", series, [], headings=TWO)
    assert len({mark.y for mark in drawn(picture)}) > 1
    assert is_inside(picture)


def test_stages_of_a_funnel_are_centred_and_joined():
    picture = funnel("f", "T", values(40, 10), headings=TWO)
    wide, narrow = drawn(picture)
    assert (wide.width, narrow.width) == (324, 81)
    assert wide.x + wide.width / 2 == narrow.x + narrow.width / 2 == 170
    (between,) = marks_of(picture, Polygon)
    assert {x for x, _y in between.points} == {8, 332, narrow.x, narrow.x + narrow.width}


def test_a_task_reaches_to_the_end_of_its_last_day():
    tasks = [
        Task("one", date(2026, 1, 1), date(2026, 1, 10), "done"),
        Task("two", date(2026, 1, 11), date(2026, 1, 20), "open"),
    ]
    picture = gantt("g", "T", tasks, headings=("", "", "", ""), today=date(2026, 1, 11), **DAYS)
    one, two = drawn(picture)
    assert (one.x, one.width) == (8, 162)
    assert two.x == one.x + one.width
    (today,) = [line for line in marks_of(picture, Line) if line.kind == "edge"]
    assert today.x1 == two.x
    assert picture.rows[0] == ("one", "2026-01-01", "2026-01-10", "done")


def test_a_task_of_one_day_is_a_diamond_and_no_task_ends_before_it_begins():
    day = date(2026, 1, 5)
    picture = gantt("g", "T", [Task("one", day, day, "")], headings=("", "", "", ""), **DAYS)
    assert len(marks_of(picture, Polygon)) == 1
    assert not drawn(picture)
    wrong = [Task("one", day, day - timedelta(days=1), "")]
    with pytest.raises(ValueError, match="before it begins"):
        gantt("g", "T", wrong, headings=("", "", "", ""), **DAYS)


def test_today_is_drawn_only_where_it_lies_on_the_axis():
    day = date(2026, 1, 5)
    picture = gantt(
        "g",
        "T",
        [Task("", day, day, "")],
        headings=("", "", "", ""),
        today=date(2027, 1, 1),
        **DAYS,
    )
    assert not [line for line in marks_of(picture, Line) if line.kind == "edge"]


@pytest.mark.parametrize(
    ("last", "months"),
    [
        (date(2026, 3, 31), [date(2026, 2, 1), date(2026, 3, 1)]),
        (date(2027, 3, 31), [date(2026, n, 1) for n in (4, 7, 10)] + [date(2027, 1, 1)]),
        (date(2029, 12, 31), [date(2027, 1, 1), date(2028, 1, 1), date(2029, 1, 1)]),
    ],
)
def test_months_are_marked_at_even_distances(last, months):
    assert Axis(date(2026, 1, 5), last).months() == months


def test_labels_of_a_time_line_never_touch_each_other():
    events = [Event(f"event number {n}", date(2026, 1, 1) + timedelta(days=n)) for n in range(8)]
    picture = timeline("t", "T", events[::-1], headings=TWO, **DAYS)
    labels = [mark for mark in marks_of(picture, Text) if not mark.is_soft]
    for level in {label.y for label in labels}:
        ends = 0
        for label in sorted((one for one in labels if one.y == level), key=lambda one: one.x):
            assert ends <= label.x
            ends = label.x + width_of(label.text, label.size)
    assert [row[1] for row in picture.rows] == sorted(row[1] for row in picture.rows)


def test_panels_share_one_scale_and_the_same_labels():
    panels = [Panel("Lebanon", tuple(values(10, 5))), Panel("Morocco", tuple(values(5, 0)))]
    picture = multiples("m", "T", panels, heading="Country")
    assert [mark.height for mark in drawn(picture)] == [70, 35, 35, 0]
    assert picture.rows[1] == ("Morocco", "5", "0")
    with pytest.raises(ValueError, match="same figures"):
        multiples("m", "T", [panels[0], Panel("Tunisia", tuple(values(1)))], heading="Country")


def test_mirroring_turns_places_and_anchors_and_is_its_own_opposite():
    picture = bars("b", "T", values(1, 4), headings=TWO)
    turned = mirrored(picture)
    assert [mark.x + mark.width for mark in drawn(turned)] == [332, 332]
    assert [text.anchor for text in marks_of(turned, Text)] == ["end", "start"] * 2
    assert mirrored(turned) == picture


amounts = st.lists(st.decimals(0, 10**9, places=2), min_size=1, max_size=6)
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
labels = st.text(st.characters(categories=["L", "Nd", "Zs"]), max_size=80)


@settings(deadline=None, max_examples=60)
@given(amounts, st.lists(st.tuples(labels, days), min_size=1, max_size=8), labels)
def test_nothing_is_drawn_over_the_border(figures, dated, label):
    rows = [Value(label, figure, f"{figure:,}") for figure in figures]
    tasks = [Task(name, day, day + timedelta(days=len(name)), "") for name, day in dated]
    stack = Stack(label, tuple((figure, str(figure)) for figure in figures), str(sum(figures)))
    pictures = [
        bars("b", "T", rows, headings=TWO),
        funnel("f", "T", rows, headings=TWO),
        stacked_bars("s", "T", [label] * len(figures), [stack], headings=TWO),
        gantt("g", "T", tasks, headings=("", "", "", ""), **DAYS),
        timeline("t", "T", [Event(*one) for one in dated], headings=TWO, **DAYS),
    ]
    for picture in pictures:
        assert is_inside(picture), picture.name
        assert is_inside(mirrored(picture)), picture.name


def test_the_name_of_a_month_stays_inside_in_a_wider_font_too():
    # By the measured font there is room for May until the border, by others there is not.
    axis = Axis(date(2025, 11, 8), date(2026, 5, 25))
    marks = axis.drawn(lambda day: f"{day:%B %Y}", 20, 60)
    texts = [mark for mark in marks if isinstance(mark, Text)]
    assert [text.text for text in texts] == ["January 2026", "March 2026"]
    assert len([mark for mark in marks if isinstance(mark, Line)]) == 3
    may = axis.at(date(2026, 5, 1)) + 2
    assert may + width_of("May 2026", 9) <= WIDTH < may + width_of("May 2026", 9) * 1.25
