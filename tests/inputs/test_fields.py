"""Fields for numbers and codes: what they take, what they say, and that no form has another kind."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext, override

from inputs.forms.fields import (
    AnyMoneyField,
    MoneyField,
    QuantityField,
    RateField,
    ShareField,
    WholeField,
    YearField,
)
from inputs.forms.widgets import CodeInput, PhoneInput, _PlainLine
from nextsociety.urls import urlpatterns

ROOMS = (
    "accounts",
    "clusters",
    "dashboards",
    "documents",
    "files",
    "notices",
    "reports",
    "texts",
    "vouchers",
)


class Everything(forms.Form):
    money = MoneyField(label="Money", max_digits=12, required=False)
    any_money = AnyMoneyField(required=False)
    quantity = QuantityField(required=False)
    rate = RateField(max_digits=18, required=False)
    share = ShareField(max_value=100, required=False)
    whole = WholeField(min_value=0, required=False)
    year = YearField(min_value=1900, max_value=2100, required=False)
    code = forms.CharField(max_length=10, widget=CodeInput(), required=False)
    phone = forms.CharField(widget=PhoneInput(), required=False)


def filled(**typed):
    return Everything(typed)


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("money", "5.000", Decimal(5000)),
        ("money", "1250000,75", Decimal("1250000.75")),
        ("money", "25,50", Decimal("25.5")),
        ("money", "12'500.00", Decimal(12500)),
        ("money", "", None),
        ("any_money", "1 250,500", Decimal("1250.5")),
        ("quantity", "5.000", Decimal(5000)),
        ("rate", "3,3512", Decimal("3.3512")),
        ("rate", "3.440", Decimal("3.44")),
        ("share", "12,5", Decimal("12.5")),
        ("whole", "5.000", 5000),
        ("whole", "٧٨", 78),
        ("year", "\u200f٢٠٢١", 2021),
        ("year", "", None),
        ("code", "\u202aRC\u00a0١٢\u201134\u202c", "RC 12-34"),
        ("phone", "\u202a+961 ١ ٢٣٤\u202c", "+961 1 234"),
    ],
)
def test_what_was_meant_is_the_clean_value(field, typed, value):
    form = filled(**{field: typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data[field] == value or (value is None and not form.cleaned_data[field])


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("money", "many", "This is not a number. Write it like 1234.50."),
        ("money", "1.2345", "An amount has at most two decimals."),
        ("money", "9" * 30, "This number is too large."),
        ("any_money", "5.000", "This can be read in two ways. Write 5000 or 5.00."),
        ("rate", "1.1234567", "At most 6 decimals, please."),
        ("whole", "2,5", "This is not a whole number. Write it like 1234."),
        ("year", "2021²", "This is not a year, such as 2021."),
    ],
)
def test_nonsense_is_refused_with_a_sentence_and_stays_typed(field, typed, sentence):
    form = filled(**{field: typed})
    assert form.errors == {field: [sentence]}
    assert form[field].value() == typed


def test_a_whole_number_is_one_that_the_database_holds():
    assert not filled(whole="3000000000").is_valid()
    assert not filled(whole="-1").is_valid()


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "5,000.00"), ("fr", "5\u00a0000,00"), ("ar", "5.000,00")],
)
def test_what_was_understood_stands_beside_the_field(language, said):
    with override(language):
        shown = str(filled(money="5 000")["money"])
        assert said in re.search(r'<output [^>]*for="id_money"[^>]*>([^<]*)</output>', shown)[1]
        assert 'type="text"' in shown
        assert 'inputmode="decimal"' in shown


def test_nothing_is_said_of_what_nobody_could_take_otherwise():
    assert "></output>" in str(filled(whole="12")["whole"])
    assert "></output>" in str(filled(money="nonsense")["money"])


@pytest.mark.parametrize(("language", "held"), [("en", "1250.50"), ("fr", "1250,50")])
def test_what_is_kept_is_shown_as_the_reader_types_it(language, held):
    with override(language):
        form = Everything(initial={"money": Decimal("1250.5"), "whole": 7, "rate": Decimal("3.44")})
        assert f'value="{held}"' in str(form["money"])
        assert 'value="7"' in str(form["whole"])
        again = Everything(
            {"money": held, "whole": "7", "rate": "3,440"}, initial=dict(form.initial)
        )
        assert again.is_valid()
        assert again.changed_data == []


# --- Every form of the portal ------------------------------------------------------------------
def forms_of_the_portal():
    """Every form class, its modules loaded by the addresses and by name."""
    assert urlpatterns
    for room in ROOMS:
        for path in sorted(Path(settings.BASE_DIR, room).rglob("*form*/**/*.py")) + sorted(
            Path(settings.BASE_DIR, room).rglob("*form*.py")
        ):
            name = ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)
            import_string(f"{name.removesuffix('.__init__')}.__doc__")
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        for cls in waiting.pop().__subclasses__():
            if cls not in found:
                found.add(cls)
                waiting.append(cls)
    return [cls for cls in found if cls.__module__.split(".")[0] in ROOMS]


CODES = re.compile(r"(number|account|phone|postcode|bic|code|slug|reference|month)$")


def test_every_field_of_every_form_reads_what_is_pasted():
    seen, wrong = 0, []
    for cls in forms_of_the_portal():
        for name, field in getattr(cls, "base_fields", {}).items():
            seen += 1
            widget, place = field.widget, f"{cls.__module__}.{cls.__name__}.{name}"
            if widget.is_hidden:
                continue
            if isinstance(field, forms.IntegerField) and not isinstance(
                field, MoneyField | WholeField
            ):
                wrong.append(place)
            if getattr(widget, "input_type", "") == "number":
                wrong.append(place)
            is_line = isinstance(
                widget, forms.DateInput | forms.DateTimeInput | forms.EmailInput | forms.URLInput
            ) or (CODES.search(name) and isinstance(widget, forms.TextInput))
            if is_line and not isinstance(widget, _PlainLine) and not isinstance(field, WholeField):
                wrong.append(place)
    assert seen > 100
    assert wrong == []


def test_every_field_is_called_in_the_language_of_its_reader():
    """A text that was translated when the code was loaded stays in one language."""
    for cls in forms_of_the_portal():
        for name, field in getattr(cls, "base_fields", {}).items():
            for text in (field.label, field.help_text):
                if isinstance(text, str) and text:
                    with override("ar"):
                        assert gettext(text) == text, f"{cls.__qualname__}.{name}: {text}"


def test_nothing_reads_numbers_beside_the_reader():
    """Fields that are made while a form is built, and inputs that templates write."""
    wrong = []
    for room in (*ROOMS, "conduct", "templates", "static/js"):
        for path in Path(settings.BASE_DIR, room).rglob("*.*"):
            if path.suffix not in (".py", ".html", ".js") or "migrations" in path.parts:
                continue
            text = path.read_text()
            if re.search(
                r"forms\.(Decimal|Float)Field\(|forms\.IntegerField\((?!widget=forms\.HiddenInput)"
                r'|type="number"|\.isdigit\(|\.isnumeric\(|unicodedata\.digit|parseFloat',
                text,
            ):
                wrong.append(str(path.relative_to(settings.BASE_DIR)))
    assert wrong == []
