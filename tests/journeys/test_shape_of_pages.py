"""Pages that are built alike are looked at by axe-core once; what it judges by makes another shape."""

import pytest

from tests.journeys.conftest import SHAPE

pytestmark = pytest.mark.browser

PAGE = """<html lang="en"><title>A</title><main><h1 id="t">Claims of Cedar</h1>
<ul><li><a href="/claims/1/">One</a></li></ul>
<label for="f1">Name</label><input id="f1" value="x"></main>"""


@pytest.fixture
def shape_of(browser):
    context = browser.new_context()
    page = context.new_page()

    def shape(html):
        page.set_content(html)
        return page.evaluate(SHAPE.read_text())

    yield shape
    context.close()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Claims of Cedar", "مطالبات"),
        ("/claims/1/", "/claims/2/"),
        ('for="f1">Name</label><input id="f1"', 'for="f2">Name</label><input id="f2"'),
        ('value="x"', 'value="y"'),
    ],
)
def test_other_words_and_records_are_no_other_shape(shape_of, before, after):
    assert before in PAGE
    assert shape_of(PAGE) == shape_of(PAGE.replace(before, after))


def test_rows_that_are_alike_count_once_or_as_several(shape_of):
    row = '<li><a href="/claims/1/">One</a></li>'
    one, two, three = (shape_of(PAGE.replace(row, row * count)) for count in (1, 2, 3))
    assert one != two == three


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('lang="en"', 'lang=""'),
        ("<title>A</title>", "<title></title>"),
        ('for="f1"', 'for="other"'),
        ('<h1 id="t">', '<h1 id="f1">'),
        (">One</a>", "></a>"),
        (">One</a>", '><img src="a.png"></a>'),
        ("<main>", '<main class="text-muted">'),
        ("<main>", '<main role="presentation">'),
        ("<main>", '<main style="color: gray">'),
        ('<input id="f1"', '<input id="f1" disabled'),
        ('<input id="f1"', '<input id="f1" style="height: 9px"'),
        ('<input id="f1"', '<input id="f1" aria-hidden="true"'),
    ],
)
def test_what_axe_judges_by_is_another_shape(shape_of, before, after):
    assert before in PAGE
    assert shape_of(PAGE) != shape_of(PAGE.replace(before, after))
