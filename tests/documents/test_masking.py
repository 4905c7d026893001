"""People and accounts on a public page: enough to see a change, not enough to use."""

from __future__ import annotations

import pytest

from documents.rules.masking import masked_account, masked_name


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Nadine Khoury", "Na•••• Kh••••"),
        ("Ali  Ben Salah", "A•• B•• Sa•••"),
        ("Cedar Consulting s.a.r.l.", "Ce••• Co•••••••• s.••••••"),
        ("ريما عون", "ري•• ع••"),
        # Vowel signs, and letters of two marks, are no letters of their own.
        ("رِيمَا عَوْن", "ري•• ع••"),
        ("X", "X"),
        ("", ""),
    ],
)
def test_a_name_shows_its_beginning_and_its_length(name, masked):
    assert masked_name(name) == masked


def test_two_names_that_begin_alike_differ_by_their_length():
    assert masked_name("Nadine Khoury") != masked_name("Nadim Khoury")


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("LB62 0999 0000 0001 0019 0122 9114", "LB62…9114"),
        ("TN5910006035183598478831", "TN59…8831"),
        ("12345678", "…5678"),
        ("…9114", "…9114"),
    ],
)
def test_an_account_shows_both_ends_where_enough_lies_between(number, masked):
    assert masked_account(number) == masked
