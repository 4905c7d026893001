"""Each rule of our own for payment files, and what the official schema lets pass."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demonstration.content.accounts import bank_account
from tests.payments.batches.messages import BANK, TODAY, broken, message, payment
from vouchers.payments.batches.rules.accounts import country_of, problem_of_account
from vouchers.payments.batches.rules.building import breaks_the_schema, build, read
from vouchers.payments.batches.rules.days import is_bank_day, next_bank_day
from vouchers.payments.batches.rules.messages import PostalAddress

RIB = bank_account("MA", 7)


def test_a_message_in_order_breaks_no_rule_and_fits_the_schema():
    assert broken() == []
    content = build(message())
    assert breaks_the_schema(content) == ""
    assert read(content) == message()
    assert build(message()) == content


@pytest.mark.parametrize(
    "changed",
    [
        message(payment(amount=Decimal("0.00"))),
        message(count=7),
        message(control_sum=Decimal(1)),
        message(payment(amount=Decimal("1.005"))),
        message(payment(1), payment(1)),
        message(payment(account="LB00" + bank_account("LB", 1)[4:])),
        message(payment(purpose="ZZZZ")),
        message(payment(name="شركة الأرز")),
    ],
)
def test_the_schema_alone_lets_it_pass_and_our_rules_do_not(changed):
    content = build(changed)
    assert breaks_the_schema(content) == ""
    assert broken(*changed.payments, count=changed.count, control_sum=changed.control_sum)


def test_what_the_schema_refuses_is_said():
    assert "BICFI" in breaks_the_schema(build(message(debtor_bic="no")))
    assert breaks_the_schema(b"<cut")
    assert breaks_the_schema(b"")


# --- Counts and sums ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"count": 3}, "count"),
        ({"group_count": 1}, "group_count"),
        ({"control_sum": Decimal("20.01")}, "control_sum"),
        ({"group_sum": Decimal("19.99")}, "group_sum"),
    ],
)
def test_counts_and_sums_stand_at_both_levels(changed, rule):
    assert broken(**changed) == [rule]


def test_a_message_pays_something():
    assert "empty" in broken(payments=(), count=0, group_count=0)


@given(st.lists(st.integers(1, 999999), min_size=1, max_size=9))
def test_the_sum_of_any_amounts_is_right(cents):
    paid = [payment(n, amount=Decimal(one) / 100) for n, one in enumerate(cents, 1)]
    rich = replace(BANK, largest_sum=Decimal(10**9))
    assert broken(*paid, bank=rich) == []


# --- Amounts --------------------------------------------------------------------------------------
@pytest.mark.parametrize("amount", ["0", "0.00", "-1", "NaN"])
def test_an_amount_is_more_than_nothing(amount):
    from vouchers.payments.batches.rules.checks import amount as rule

    assert [one.rule for one in rule(payment(amount=Decimal(amount)), BANK)] == ["amount"]


@pytest.mark.parametrize(
    ("amount", "currency", "fits"),
    [
        ("1.005", "EUR", False),
        ("1.005", "TND", True),
        ("1.0005", "TND", False),
        ("1.5", "USD", True),
        ("1.001", "LBP", False),
        ("1.10", "MAD", True),
    ],
)
def test_an_amount_has_the_decimals_of_its_currency(amount, currency, fits):
    found = broken(payment(amount=Decimal(amount), currency=currency))
    assert ("decimals" in found) is not fits


# --- Identifiers ----------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["", "x" * 36, "é", "a//b", "/a", "a/", "رقم"])
def test_an_identifier_is_of_what_all_banks_take(name):
    assert "identifier" in broken(message_id=name)
    assert "identifier" in broken(payment(end_to_end_id=name))
    assert "identifier" in broken(payment(instruction_id=name))
    assert "identifier" in broken(group_id=name)


def test_no_identifier_stands_twice():
    assert broken(payment(1), payment(1)) == ["twice", "twice"]
    assert broken(payment(1), payment(2, end_to_end_id=payment(1).end_to_end_id)) == ["twice"]
    assert broken(payment(1), payment(2, instruction_id=payment(1).instruction_id)) == ["twice"]


# --- Accounts -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("account", "problem"),
    [
        (bank_account("LB", 1), ""),
        (bank_account("TN", 1), ""),
        (RIB, ""),
        ("GB82WEST12345698765432", ""),
        ("GB82WEST12345698765433", "key"),
        ("LB" + "00" + bank_account("LB", 1)[4:], "key"),
        (bank_account("LB", 1)[:-1], "length"),
        (RIB[:-1] + str((int(RIB[-1]) + 1) % 10), "key"),
        (RIB[:-1], "length"),
        ("MA" + RIB, "form"),
        ("", "form"),
        ("gb82west12345698765432", "form"),
        ("٠٠٧", "form"),
    ],
)
def test_an_account_has_its_length_and_its_key(account, problem):
    assert problem_of_account(account) == problem
    if problem:
        assert f"account_{problem}" in broken(payment(account=account))


def test_a_tunisian_iban_ends_with_the_key_of_its_rib():
    # The check digits of the IBAN are made right for a RIB with a wrong key.
    rib = "10006035183598478832"
    check = 98 - int(f"{rib}292300") % 97
    assert problem_of_account(f"TN{check:02d}{rib}") == "key"


def test_a_moroccan_account_is_written_as_other():
    content = build(
        message(payment(account=RIB, bic="BCMAMAMC", address=PostalAddress("Rabat", "MA")))
    )
    assert f"<Othr><Id>{RIB}</Id></Othr>" in "".join(content.decode().split())
    assert broken(*read(content).payments) == []
    assert country_of(RIB) == "MA"


@pytest.mark.parametrize(
    ("bic", "demands", "rules"),
    [
        ("", True, ["no_bic"]),
        ("", False, []),
        ("BLOM", True, ["bic"]),
        ("BCMAMAMC", True, ["bic"]),
        ("BLOMLBBXXXX", True, []),
    ],
)
def test_the_bank_of_the_payee_lies_where_the_account_does(bic, demands, rules):
    assert broken(payment(bic=bic), bank=replace(BANK, demands_bic=demands)) == rules


# --- Names and addresses ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "basic", "latin"),
    [
        ("Cedar (Consulting)", [], []),
        ("Société Étoile", ["letters_of_name"], []),
        ("A & B", ["letters_of_name"], []),
        ("شركة", ["letters_of_name"], ["letters_of_name"]),
        ("Ελλάς", ["letters_of_name"], ["letters_of_name"]),
        ("", ["no_name"], ["no_name"]),
        ("x" * 71, ["long_name"], ["long_name"]),
    ],
)
def test_a_name_is_in_the_letters_of_the_bank_and_not_too_long(name, basic, latin):
    assert broken(payment(name=name)) == basic
    assert broken(payment(name=name), bank=replace(BANK, characters="latin")) == latin


@pytest.mark.parametrize(
    ("address", "form", "rules"),
    [
        (PostalAddress("", "LB"), "structured", ["no_town"]),
        (PostalAddress("Beirut", ""), "structured", ["no_country"]),
        (PostalAddress("", "", lines=("Rue 1", "Beirut")), "hybrid", ["no_town", "no_country"]),
        (PostalAddress("Beirut", "LB", lines=("Rue 1",)), "structured", ["address_form"]),
        (PostalAddress("Beirut", "LB", lines=("Rue 1", "2nd floor")), "hybrid", []),
        (PostalAddress("Beirut", "LB", lines=("1", "2", "3")), "hybrid", ["address_form"]),
        (PostalAddress("Beirut", "LB", lines=("x" * 71,)), "hybrid", ["address_form"]),
        (PostalAddress("x" * 36, "LB"), "structured", ["address_form"]),
        (PostalAddress("بيروت", "LB"), "structured", ["letters_of_address"]),
    ],
)
def test_an_address_has_town_and_country_in_the_form_of_the_bank(address, form, rules):
    assert broken(payment(address=address), bank=replace(BANK, address_form=form)) == rules


def test_a_text_says_what_is_paid():
    assert broken(payment(text="")) == ["text"]
    assert broken(payment(text="x" * 141)) == ["text"]
    assert broken(payment(text="فاتورة")) == ["text"]


# --- The profile ------------------------------------------------------------------------------------
def test_the_purpose_is_of_the_iso_list_and_of_the_profile():
    assert broken(payment(purpose="ZZZZ")) == ["purpose"]
    assert broken(payment(purpose="SUPP")) == ["purpose"]
    assert broken(payment(purpose="SUPP"), bank=replace(BANK, purpose="SUPP")) == []


def test_the_charges_are_borne_as_the_profile_says():
    assert broken(charge_bearer="DEBT") == ["charge_bearer"]
    assert broken(charge_bearer="DEBT", bank=replace(BANK, charge_bearer="DEBT")) == []
    assert broken(charge_bearer="SLEV", bank=replace(BANK, charge_bearer="SLEV")) == ["sepa"]


def test_sepa_is_asked_of_nobody_outside_of_it():
    sepa = replace(BANK, service_level="SEPA")
    inside = payment(account="GB82WEST12345698765432", bic="WESTGB22")
    assert broken(service_level="SEPA", bank=sepa) == ["sepa"]
    assert broken(inside, service_level="SEPA", bank=sepa) == []
    assert broken(replace(inside, currency="USD"), service_level="SEPA", bank=sepa) == ["sepa"]
    assert broken(service_level="SEPA") == ["service_level", "sepa"]


def test_no_more_leaves_than_the_bank_takes():
    assert broken(bank=replace(BANK, most_payments=1)) == ["most_payments"]
    assert broken(bank=replace(BANK, largest_sum=Decimal("19.99"))) == ["largest_sum"]


def test_money_leaves_from_the_account_of_the_profile():
    assert broken(debtor_account="GB82WEST12345698765432") == ["debtor_account"]
    assert broken(debtor_bic="NO") == ["debtor_bic"]
    assert broken(debtor_address=PostalAddress("", "NL")) == ["debtor_address"]


# --- Days -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "rules"),
    [
        (date(2026, 11, 29), ["past"]),
        (date(2026, 11, 30), []),
        (date(2026, 12, 5), ["bank_day"]),
        (date(2026, 12, 25), ["bank_day"]),
        (date(2026, 12, 28), []),
    ],
)
def test_it_is_executed_on_a_day_of_the_bank_that_is_not_over(day, rules):
    assert broken(execution_on=day) == rules


def test_weekends_and_holidays_are_those_of_the_bank():
    friday = date(2026, 12, 4)
    assert is_bank_day(friday, (6, 7), ())
    assert not is_bank_day(friday, (5, 6), ())
    assert next_bank_day(date(2026, 12, 25), (6, 7), (date(2026, 12, 25),)) == date(2026, 12, 28)
    assert next_bank_day(TODAY, (6, 7), ()) == TODAY
    with pytest.raises(ValueError, match="never opens"):
        next_bank_day(TODAY, range(1, 8), ())


def test_a_file_that_is_none_is_said():
    for content in (b"", b"<a/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"):
        with pytest.raises(ValueError):
            read(content)
