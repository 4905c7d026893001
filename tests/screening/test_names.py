"""Names in both scripts: spelt otherwise, turned round, with the form of a company, by their sound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchers.screening.rules.matching import Index, Listed
from vouchers.screening.rules.names import compared, sound


def like(name, *listed, threshold=85):
    index = Index(Listed(at, at, compared(one), sound(one)) for at, one in enumerate(listed))
    return [(match.entity, match.score, match.by) for match in index.like(name, threshold)]


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("Farid al-Mudarris", "AL MUDARRIS Farid"),
        ("Fareed Mudarris", "Farid Al-Mudarris"),
        ("Société Imaginaire de Transport SARL", "Imaginaire Transport Ltd"),
        ("فريد المدرّس", "فريد المدرس"),
        ("أحمد حسن الخطيب", "Ahmed Hassan Al-Khatib"),
        ("Ahmed Hassan Khatib", "احمد حسن الخطيب"),
        ("عبد الرحمن الخوري", "Abdelrahman El Khoury"),
        ("Mohammed Qasim Sharif", "محمد قاسم شريف"),
        ("Ste Ahmed Hassan Al Khatib et Cie SARL", "Ahmed Hassan Al-Khatib"),
    ],
)
def test_one_name_is_found_however_it_is_written(name, listed):
    assert like(name, listed, "Nobody Else At All")[0][0] == 0


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("Cedar Consulting", "Farid Al-Mudarris"),
        ("Ahmed Trading", "Ahmed Hassan Al-Khatib"),
        ("Khatib Consulting", "Ahmed Hassan Al-Khatib"),
        ("شركة الأرز للاستشارات", "Farid Al-Mudarris"),
        ("Société SARL", "Company Ltd"),
    ],
)
def test_other_names_are_not(name, listed):
    assert like(name, listed) == []


def test_an_entry_is_found_once_by_its_best_name():
    index = Index(
        [
            Listed(1, 1, compared("Farid Mudaris"), sound("Farid Mudaris")),
            Listed(1, 2, compared("Farid Al-Mudarris"), sound("Farid Al-Mudarris")),
        ]
    )
    (match,) = index.like("Farid Al Mudarris", 85)
    assert (match.alias, match.score, match.by) == (2, 100, "letters")


def test_the_threshold_is_the_least_likeness_by_letters():
    assert like("Boris Vymyslenow", "Boris Vymyshlenov", threshold=85)
    assert not like("Boris Vymyslenow", "Boris Vymyshlenov", threshold=97)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_compared_without_an_error(text):
    index = Index([Listed(1, 1, compared("Farid Mudarris"), sound("Farid Mudarris"))])
    assert isinstance(index.like(text, 85), list)
    assert compared(compared(text)) == compared(text)
