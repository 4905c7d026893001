"""Lists that are searched in several tables find what they found, each word by an index."""

from functools import reduce
from operator import or_

import pytest
from django.db import connection
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from clusters.models import Cluster
from dashboards.forms.assistance import AllSessionFilters, MilestoneFilters
from dashboards.views.indicators import IndicatorFilters
from inputs.queries import Folded
from inputs.rules.folding import folded
from tests.making import voucher_story
from tests.payments.bank.making import booked, said, taken
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.plans.models import Milestone
from vouchers.assistance.reports.models import ReportedIndicator
from vouchers.assistance.surveys.forms.lists import SurveyFilters
from vouchers.assistance.surveys.models import Survey
from vouchers.books.models import LedgerAccount
from vouchers.payments.bank.forms.lines import LineFilters, UnconfirmedFilters
from vouchers.payments.bank.models import StatementLine
from vouchers.payments.batches.forms.batches import BatchFilters
from vouchers.payments.batches.models import PaymentBatch
from vouchers.payments.forms.lists import ClaimFilters, OrderFilters
from vouchers.payments.ledger.forms.lists import AccountFilters
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.payments.receipts.forms.lists import ReceiptFilters
from vouchers.payments.receipts.models import Receipt
from vouchers.payments.recoveries.forms.lists import CorrectionFilters
from vouchers.payments.recoveries.models import Correction
from vouchers.providers.forms.accounts import ProviderFilters
from vouchers.providers.models import Provider
from vouchers.scoring.assessing.forms.register import RegisterFilters
from vouchers.scoring.assessing.models import Assignment

pytestmark = pytest.mark.django_db

NAME = "Fédération de l’Oléiculture · جمعيّة الأُمّهات"
_AWARDED = "award__application"
_CLUSTER = f"voucher__{_AWARDED}__cluster__name"
_REFERENCE = f"voucher__{_AWARDED}__reference"
# Every list, with the columns in which a text is looked for; where a cluster is, its reference is too.
LISTS = [
    (ClaimFilters, Claim, ("invoice_numbers", _REFERENCE, _CLUSTER, "provider__name")),
    (OrderFilters, PaymentOrder, ("reference", "payee", "bank_reference")),
    (UnconfirmedFilters, PaymentOrder, ("reference", "batch__reference", "payee")),
    (BatchFilters, PaymentBatch, ("reference", "payments__reference", "payments__payee")),
    (LineFilters, StatementLine, ("reference", "end_to_end_id", "payee", "payee_account", "text")),
    (ReceiptFilters, Receipt, ("order__reference", "order__payee")),
    (
        CorrectionFilters,
        Correction,
        (
            "reference",
            "letter",
            "claim__provider__name",
            f"claim__{_CLUSTER}",
            f"claim__{_REFERENCE}",
        ),
    ),
    (AccountFilters, LedgerAccount, ("reference", "application__cluster__name")),
    (SurveyFilters, Survey, (_CLUSTER, _REFERENCE)),
    (
        MilestoneFilters,
        Milestone,
        ("title", f"plan__{_REFERENCE}", f"plan__{_CLUSTER}"),
    ),
    (
        AllSessionFilters,
        Session,
        ("expert_name", "activity", "milestone__title", _CLUSTER, _REFERENCE),
    ),
    (
        IndicatorFilters,
        ReportedIndicator,
        ("name", f"version__report__{_CLUSTER}", f"version__report__{_REFERENCE}"),
    ),
    (
        ProviderFilters,
        Provider,
        ("name", "own_name", "email", "town", "registration_code", "vat_code"),
    ),
    (
        RegisterFilters,
        Assignment,
        ("application__reference", "application__cluster__name", "assessor__full_name"),
    ),
]
NAMES = [filters.__name__ for filters, _model, _columns in LISTS]


@pytest.fixture
def told():
    """A reported voucher with two paid claims, of a cluster with a name in two scripts."""
    told = voucher_story("reported")
    taken(said(booked(PaymentOrder.objects.order_by("pk").first())), told)
    cluster = told.voucher.award.application.cluster
    Cluster.objects.filter(pk=cluster.pk).update(name=NAME)
    return told


def by_the_rows(model, text, columns):
    """Those of which the columns, folded row by row over joined tables, have every word."""
    forms = {f"f{at}": Folded(Cast(one, TextField())) for at, one in enumerate(columns)}
    found = model.objects.alias(**forms)
    for word in folded(text).split():
        found = found.filter(reduce(or_, (Q(**{f"{one}__contains": word}) for one in forms)))
    return set(found.values_list("pk", flat=True))


def texts_for(model, columns):
    """Parts of what stands in the rows, alone and mixed, and what stands in none."""
    row = model.objects.values_list(*columns).first() or ()
    words = [word for value in row if value for word in str(value).split()]
    return [
        *words,
        *(word[1:-1].upper() for word in words),
        " ".join(reversed(words[:6])),
        *(f"{words[0]} {one}" for one in ("oleiculture", "الامهات", "nowhere") if words),
        *(
            "federation L'OLEICULTURE",
            "جمعيه الأمهات",
            "F-1",
            "-",
            "_",
            "%",
            "e",
            "\u200f",
            "nowhere",
        ),
    ]


@pytest.mark.parametrize(("filters", "model", "columns"), LISTS, ids=NAMES)
def test_a_list_finds_what_its_columns_have(told, filters, model, columns):
    for text in texts_for(model, columns):
        found = filters({"text": text}, model.objects.all()).qs
        keys = list(found.values_list("pk", flat=True))
        assert set(keys) == by_the_rows(model, text, columns), text
        assert len(keys) == len(set(keys)), text


def test_a_claim_is_found_by_words_of_several_tables_in_any_order(told):
    claim = Claim.objects.order_by("pk").first()
    texts = (
        f"{claim.provider.name} {claim.invoice_numbers}",
        f"{claim.invoice_numbers} الأمهات {claim.voucher.reference.lower()}",
        f"{claim.voucher.reference} {claim.provider.name.upper()} oleiculture",
    )
    for text in texts:
        assert claim in ClaimFilters({"text": text}, Claim.objects.all()).qs
        assert not ClaimFilters({"text": f"{text} nowhere"}, Claim.objects.all()).qs.exists()


def test_a_cluster_is_found_by_its_other_names_too(told):
    Cluster.objects.filter(name=NAME).update(aliases="Olive Alliance")
    assert ClaimFilters({"text": "alliance olive"}, Claim.objects.all()).qs.exists()


@pytest.mark.parametrize(
    ("filters", "model", "indexes"),
    [
        (ClaimFilters, Claim, {"claim", "application", "provider"}),
        (OrderFilters, PaymentOrder, {"order"}),
        (LineFilters, StatementLine, {"line"}),
        (ReceiptFilters, Receipt, {"order"}),
        (CorrectionFilters, Correction, {"application", "provider"}),
        (AccountFilters, LedgerAccount, {"account", "application"}),
        (SurveyFilters, Survey, {"application"}),
        (MilestoneFilters, Milestone, {"milestone", "application"}),
        (AllSessionFilters, Session, {"session", "milestone", "application"}),
        (IndicatorFilters, ReportedIndicator, {"indicator", "application"}),
        (ProviderFilters, Provider, {"provider"}),
        (RegisterFilters, Assignment, {"application"}),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_each_word_is_found_by_an_index_of_each_table(filters, model, indexes):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        # A table of no rows is as cheap to walk along by its key.
        cursor.execute("SET LOCAL enable_indexscan = off")
        # Or by an index for an order, where that has every column that is asked for.
        cursor.execute("SET LOCAL enable_indexonlyscan = off")
        # And of a few rows, each may be looked up by its key and then read: of many, none would be.
        cursor.execute("SET LOCAL enable_nestloop = off")
    plan = filters({"text": "croissance 2026"}, model.objects.order_by()).qs.explain()
    for index in indexes:
        assert plan.count(f"Bitmap Index Scan on {index}_searched") >= 2, plan
