"""Bank details: checked by the rules of the country, kept as they were, and told to all managers."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from clusters.actions import change_account, register_cluster, verify_account
from clusters.models import BankAccount, Country, Representative
from clusters.models.account_numbers import account_of, bic_of, rib_key
from clusters.queries import clusters_sharing_account
from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.content.accounts import bank_account
from notices.models import Notice
from tests.making import MA
from tests.people import log_in, person

pytestmark = pytest.mark.django_db

LEBANESE = bank_account("LB", 1)
MOROCCAN = bank_account("MA", 1)
TUNISIAN = bank_account("TN", 1)


def details(account=LEBANESE, **changed):
    return {
        "holder": "QOOT Cluster Association",
        "bank": "Bank of Beirut",
        "account": account,
        "bic": "",
        "currency": "USD",
        **changed,
    }


def page(cluster, name="bank", *more):
    return reverse(f"clusters:{name}", args=[cluster.slug, *more])


def with_level(cluster, level):
    someone = person()
    Representative.objects.create(cluster=cluster, user=someone, level=level)
    return someone


GROUPED = " ".join(LEBANESE[at : at + 4] for at in range(0, 28, 4))


@pytest.mark.parametrize("pasted", [f"\u202a{GROUPED}\u202c", f"IBAN : \u2066{GROUPED}\u2069"])
def test_what_is_copied_with_an_account_is_no_part_of_it(client, manager, cluster, pasted):
    """36 characters with its marks, 43 with the word before: the account has 28."""
    typed = details(account=pasted, bic="\u200eBIC: BLOMLBBX")
    log_in(client, manager).post(page(cluster, "change_account"), typed)
    kept = BankAccount.objects.get()
    assert (kept.account, kept.bic) == (LEBANESE, "BLOMLBBX")


# --- The rules of the countries ------------------------------------------------------------------
@pytest.mark.parametrize(
    ("country", "typed", "kept"),
    [
        ("LB", LEBANESE, LEBANESE),
        ("LB", f" {LEBANESE[:4].lower()} {LEBANESE[4:12]}-{LEBANESE[12:]}", LEBANESE),
        ("MA", MOROCCAN, MOROCCAN),
        ("MA", f"{MOROCCAN[:3]} {MOROCCAN[3:6]} {MOROCCAN[6:22]} {MOROCCAN[22:]}", MOROCCAN),
        ("TN", TUNISIAN, TUNISIAN),
        ("TN", TUNISIAN[4:], TUNISIAN),
        ("TN", "10 006 0351835984788 31", "TN5910006035183598478831"),
        ("MA", MOROCCAN.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")), MOROCCAN),
        ("LB", f"\u202a{LEBANESE[:4]} {LEBANESE[4:]}\u202c", LEBANESE),
        ("LB", f"IBAN {LEBANESE}", LEBANESE),
        ("LB", f"\u200fIBAN:\u00a0{LEBANESE[:4]}\u2011{LEBANESE[4:]}", LEBANESE),
        ("LB", f"iban{LEBANESE}", LEBANESE),
        ("TN", f"RIB : {TUNISIAN[4:]}", TUNISIAN),
        ("MA", f"\u2066{MOROCCAN[:12]}\u202f{MOROCCAN[12:]}\u2069", MOROCCAN),
    ],
)
def test_an_account_is_kept_in_one_way_however_it_is_typed(country, typed, kept):
    assert account_of(country, typed) == kept


def slip(number):
    """The same account with two digits in the middle exchanged for others."""
    at = len(number) // 2
    return f"{number[:at]}{(int(number[at]) + 1) % 10}{number[at + 1 :]}"


@pytest.mark.parametrize(
    ("country", "typed", "sentence"),
    [
        ("LB", LEBANESE[:-1], "exactly 28 characters; these are 27"),
        ("LB", slip(LEBANESE), "check digits do not fit"),
        ("LB", LEBANESE[2:], "begins with LB"),
        ("LB", TUNISIAN, "in another country (TN)"),
        ("LB", f"{LEBANESE[:4]}XXXX{LEBANESE[8:]}", "letters stand where digits belong"),
        ("MA", MOROCCAN[:-1], "exactly 24 digits; these are 23"),
        ("MA", slip(MOROCCAN), "the key) do not fit"),
        ("MA", f"MA64{MOROCCAN}", "Morocco has no IBAN"),
        ("MA", LEBANESE, "in another country (LB)"),
        ("MA", "12345678901234567890123€", "digits only"),
        ("TN", TUNISIAN[4:-1], "exactly 20 digits; these are 19"),
        ("TN", slip(TUNISIAN[4:]), "the key) do not fit"),
        ("TN", slip(TUNISIAN), "check digits do not fit"),
        ("TN", TUNISIAN[:-1], "exactly 24 characters; these are 23"),
        ("TN", MOROCCAN, "exactly 20 digits; these are 24"),
    ],
)
def test_what_is_wrong_is_named_beside_the_account_and_nothing_typed_is_lost(
    client, cast, manager, cluster, country, typed, sentence
):
    if country != "LB":
        cluster.country_id = country
        cluster.save()
    log_in(client, manager)
    answer = client.post(
        page(cluster, "change_account"), details(typed, holder="Kept while mending", currency="EUR")
    )
    assert sentence in str(answer.context["form"].errors["account"])
    html = answer.content.decode()
    assert "Kept while mending" in html
    assert typed in html
    assert not BankAccount.objects.exists()


def test_a_tunisian_iban_needs_the_key_of_its_rib_too():
    digits = f"10006{7:013d}"
    wrong = f"{(int(rib_key(digits)) + 1) % 97:02d}"
    check = 98 - int(f"{digits}{wrong}292300") % 97
    with pytest.raises(ValidationError, match="key"):
        account_of("TN", f"TN{check:02d}{digits}{wrong}")


@pytest.mark.parametrize(
    ("bic", "sentence"),
    [("BLOM", "8 or 11 letters"), ("ATTNTNTT", "another country (TN)")],
)
def test_a_bic_must_be_one_of_the_country(client, manager, cluster, bic, sentence):
    log_in(client, manager)
    answer = client.post(page(cluster, "change_account"), details(bic=bic))
    assert sentence in str(answer.context["form"].errors["bic"])
    assert bic_of("LB", "blom lbbx") == "BLOMLBBX"


# --- Changing ------------------------------------------------------------------------------------
def test_a_change_keeps_what_was_and_tells_every_manager(client, manager, cluster):
    other, editor = with_level(cluster, "manager"), with_level(cluster, "editor")
    log_in(client, manager)
    client.post(page(cluster, "change_account"), details())
    client.post(page(cluster, "change_account"), details(bank_account("LB", 2)))
    newest, first = cluster.bank_accounts.all()
    assert (newest.account, newest.replaced_at) == (bank_account("LB", 2), None)
    assert first.account == LEBANESE
    assert first.replaced_at == newest.entered_at
    told = Notice.objects.filter(kind="bank-details-changed")
    assert {notice.recipient for notice in told} == {manager, other}
    assert editor not in {notice.recipient for notice in told}
    assert told.count() == 4
    assert all(LEBANESE not in str(notice.facts) for notice in told)
    assert {notice.facts["account"] for notice in told} == {newest.masked, first.masked}


def test_the_same_details_again_are_no_change(manager, cluster):
    change_account(cluster, **details(), by=manager)
    with pytest.raises(Refused, match="already"):
        change_account(cluster, **details(), by=manager)
    assert Notice.objects.filter(kind="bank-details-changed").count() == 1


def test_what_was_entered_cannot_be_rewritten(manager, cluster):
    account = change_account(cluster, **details(), by=manager)
    account.account = MOROCCAN
    with pytest.raises(Exception, match="fixed_when_entered"), transaction.atomic():
        account.save()


def test_there_is_one_current_account(manager, cluster):
    account = change_account(cluster, **details(), by=manager)
    account.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        account.save()


# --- Verifying -----------------------------------------------------------------------------------
def test_an_officer_of_the_country_verifies_and_a_change_must_be_verified_anew(
    client, cast, manager, cluster
):
    account = change_account(cluster, **details(), by=manager)
    with pytest.raises(NotAllowed):
        verify_account(account, by=cast.officer("MA"))
    with pytest.raises(NotAllowed):
        verify_account(account, by=manager)
    officer = cast.officer("LB")
    log_in(client, officer).post(page(cluster, "verify_account", account.pk))
    account.refresh_from_db()
    assert account.verified_by == officer
    with pytest.raises(OutOfOrder):
        verify_account(account, by=officer)
    newer = change_account(cluster, **details(bank_account("LB", 2)), by=manager)
    assert newer.verified_at is None


# --- Who sees what -------------------------------------------------------------------------------
def test_only_managers_and_staff_see_the_account_in_full(client, cast, manager, cluster):
    account = change_account(cluster, **details(), by=manager)
    allowed = [manager, cast.officer("LB"), cast.coordinators[0], cast.finance[0]]
    for someone in [*allowed, person(role="auditor")]:
        assert account.grouped in log_in(client, someone).get(page(cluster)).content.decode()
    for level in ("editor", "reader"):
        someone = log_in(client, with_level(cluster, level))
        assert someone.get(page(cluster)).status_code == 404
        html = someone.get(cluster.get_absolute_url()).content.decode()
        assert account.masked in html
        assert account.account not in html
        assert account.grouped not in html
    for stranger in (person(), cast.officer("MA"), person(role="administrator")):
        assert log_in(client, stranger).get(page(cluster)).status_code == 404


@pytest.mark.parametrize("level", ["editor", "reader"])
def test_only_managers_change_bank_details(client, cluster, level):
    answer = log_in(client, with_level(cluster, level)).post(
        page(cluster, "change_account"), details()
    )
    assert answer.status_code == 404
    assert not BankAccount.objects.exists()


def test_staff_read_but_change_nothing(client, cast, cluster):
    for someone in (cast.officer("LB"), cast.coordinators[0], cast.finance[0]):
        answer = log_in(client, someone).post(page(cluster, "change_account"), details())
        assert answer.status_code == 403
    assert not BankAccount.objects.exists()


# --- Hints ---------------------------------------------------------------------------------------
def test_an_account_of_two_clusters_is_hinted_at_also_after_a_change(
    client, cast, manager, cluster
):
    other = register_cluster(
        country=Country.objects.get(code="LB"), by=(twin := person()), **MA.profile
    )
    change_account(cluster, **details(), by=manager)
    assert not clusters_sharing_account(cluster).exists()
    change_account(other, **details(), by=twin)
    change_account(other, **details(bank_account("LB", 2)), by=twin)
    assert list(clusters_sharing_account(cluster)) == [other]
    assert other.name in log_in(client, cast.officer("LB")).get(page(cluster)).content.decode()
    assert other.name not in log_in(client, manager).get(page(cluster)).content.decode()
