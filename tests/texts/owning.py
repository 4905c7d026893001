"""Where a wording is put, what its page is sent, and how one is saved."""

from django.urls import reverse
from django.utils.translation import override

from tests.people import person
from texts.actions import TextPlace, save_wording
from texts.kinds import Family, kind_of

MAIL = "award-offered"
HOSTILE = "<script>alert(1)</script> & {cluster} \u200f<b>"


def place(kind=MAIL, language="en", call=None, family=Family.MAIL):
    return TextPlace(kind_of(family, kind), language, call)


def coordinator(**options):
    return person(role="coordinator", **options)


def saved(by, where=None, seen=0, **passages):
    passages = passages or {"subject": "You are in, {cluster}"}
    return save_wording(where or place(), passages, seen=seen, by=by)


def page(where, name="texts:text"):
    url = reverse(name, args=[where.kind.family.value, where.kind.slug, where.language])
    return f"{url}?call={where.call.pk}" if where.call else url


def typed(where, seen=0, **passages):
    with override(where.language):
        return {**where.kind.built_in(), "seen": seen, **passages}
