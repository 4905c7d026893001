"""A page of a list over everything is found by an index in its order, however many rows there are."""

import pytest
from django.db import connection
from django.db.models import Q
from django.urls import get_resolver

from lists.queries import ordered
from lists.views import ListPage
from vouchers.applications.models import Application
from vouchers.applications.models.applications import SENT
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.plans.models import Milestone
from vouchers.assistance.surveys.models import Survey
from vouchers.awards.models import Voucher
from vouchers.books.models import LedgerAccount, LedgerLeg
from vouchers.payments.batches.models import PaymentBatch
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.payments.receipts.models import Receipt
from vouchers.payments.recoveries.models import Correction

pytestmark = pytest.mark.django_db

# Each list and each of its orders: of what, and the index along which a page is read.
ORDERS = {
    "ClaimList newest": (Claim, "claims_newest"),
    "ClaimList oldest": (Claim, "claims_newest"),
    "ClaimList amount": (Claim, "claims_largest"),
    "OrderList newest": (PaymentOrder, "orders_newest"),
    "OrderList oldest": (PaymentOrder, "orders_newest"),
    "OrderList amount": (PaymentOrder, "orders_largest"),
    "BatchList newest": (PaymentBatch, "batches_newest"),
    "BatchList oldest": (PaymentBatch, "batches_newest"),
    "BatchList amount": (PaymentBatch, "batches_largest"),
    "CorrectionList newest": (Correction, "corrections_newest"),
    "CorrectionList oldest": (Correction, "corrections_newest"),
    "CorrectionList amount": (Correction, "corrections_largest"),
    "ReceiptList newest": (Receipt, "receipts_newest"),
    "ReceiptList oldest": (Receipt, "receipts_newest"),
    "TrialBalance voucher": (LedgerAccount, "accounts_by_reference"),
    "TrialBalance largest": (LedgerAccount, "accounts_largest"),
    "AccountSheet newest": (LedgerLeg, "vouchers_ledgerleg_pkey"),
    "AccountSheet oldest": (LedgerLeg, "vouchers_ledgerleg_pkey"),
    "MilestoneList due": (Milestone, "milestones_by_day"),
    "MilestoneList last": (Milestone, "milestones_by_day"),
    "MilestoneList amount": (Milestone, "milestones_largest"),
    "AllSessions newest": (Session, "sessions_newest"),
    "AllSessions oldest": (Session, "sessions_newest"),
    "AllSessions hours": (Session, "sessions_longest"),
    "SurveyList newest": (Survey, "surveys_newest"),
    "SurveyList ending": (Survey, "surveys_by_end"),
    "SurveyList answered": (Survey, "surveys_by_answer"),
    "VoucherList newest": (Voucher, "vouchers_newest"),
    "VoucherList oldest": (Voucher, "vouchers_newest"),
    "SentList newest": (Application, "sent_newest"),
    "SentList oldest": (Application, "sent_newest"),
    "SentList cluster": (Application, "sent_by_name"),
    "OwnList cluster": (Application, "applications_by_name"),
}

_FEW = "a few hundred at the very most: people, clusters, calls, providers, lists that are uploaded"
_OF_ONE = "the rows of one person, call, round, voucher, record or file, found by its own index"
_OTHER = "in the order of another table or of an expression: the records found are sorted"
_UNIQUE = "along the unique index of the reference: what the key adds sorts nothing"
_WAITING = "applications of some states or calls, found by these and sorted"
_GROWS = "no index yet: it grows with the years, and was measured at no great number"
_SEARCHED = "indexes of its own, by what it is narrowed to (tests/dashboards/history)"
# What a list holds of its model, where its index is of these alone.
HOLDS = {"SentList": SENT}
# Lists of which some or all orders have no index, and why.
WITHOUT = {
    "InvitationList": _FEW,
    "People": _FEW,
    "Grants": _FEW,
    "Directory": _FEW,
    "PublicCalls": _FEW,
    "ManagedCalls": _FEW,
    "ProviderList": _FEW,
    "RoundList": _FEW,
    "ProfileList": _FEW,
    "RateList": _FEW,
    "SanctionsListTable": _FEW,
    "ScheduleList": _FEW,
    "WaitingPages": _FEW,
    "EarlierList": _FEW,
    "Inbox": _OF_ONE,
    "EarlierRuns": _OF_ONE,
    "MemberList": _OF_ONE,
    "OwnList newest": _OF_ONE,
    "OwnList oldest": _OF_ONE,
    "Worklist": _OF_ONE,
    "SupportedWorklist": _OF_ONE,
    "LettersOfRound": _OF_ONE,
    "SessionsOfVoucher": _OF_ONE,
    "VoucherStatement": _OF_ONE,
    "LineList": _OF_ONE,
    "SentList reference": _UNIQUE,
    "WaitingList": _WAITING,
    "ScoringList reference": _UNIQUE,
    "ScoringList country": _WAITING,
    "VoucherList reference": _OTHER,
    "VoucherList cluster": _OTHER,
    "VoucherList waiting": _OTHER,
    "UnconfirmedList": _OTHER,
    "IndicatorList": _OTHER,
    "Results": _OTHER,
    "HitTable": _GROWS,
    "ScreeningTable": _GROWS,
    "SealList": _GROWS,
    "FileList": _GROWS,
    "StatementList": _GROWS,
    "ReportList": _GROWS,
    "QuestionList": _GROWS,
    "Register": _GROWS,
    "ConsensusList": _GROWS,
    "SessionList": _GROWS,
    "Outbox": _GROWS,
    "SetAsideReports": _GROWS,
    "HistoryList": _SEARCHED,
    "RecordHistory": _SEARCHED,
    # Their orders are made for who asks.
    "ThreadList": _OTHER,
    "VoucherThreadList": _OTHER,
    "WorkList": "what waits, in the order of its kind: each kind is measured with the desk",
}


def _load(patterns):
    """Every address with its view, and so every list."""
    for pattern in patterns:
        _load(getattr(pattern, "url_patterns", []))


def _lists(above=ListPage):
    for each in above.__subclasses__():
        if not each.__module__.startswith("tests."):
            yield each
        yield from _lists(each)


def _orders():
    """By list and name of the order: its fields; None where who asks decides."""
    _load(get_resolver().url_patterns)
    found = {}
    for each in _lists():
        if isinstance(each.orders, property):
            found[each.__name__] = None
        else:
            found |= {f"{each.__name__} {name}": one.fields for name, one in each.orders.items()}
    return found


def test_every_order_of_every_list_has_an_index_or_a_reason():
    orders = _orders()
    without = {name for name in orders if {name, name.split()[0]} & set(WITHOUT)}
    assert set(orders) - without == set(ORDERS)
    # Nothing is named that is no longer there, and nothing twice.
    assert {name for name in WITHOUT if not any(_is_of(one, name) for one in orders)} == set()
    assert not without & set(ORDERS)


def _is_of(order, name):
    return name in (order, order.split()[0])


@pytest.mark.parametrize("name", ORDERS)
def test_a_page_is_read_along_an_index(name):
    model, index = ORDERS[name]
    with connection.cursor() as cursor:
        # Of no rows, any way is as cheap.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    held = model._base_manager.filter(HOLDS.get(name.split()[0], Q()))
    plan = ordered(held, _orders()[name]).values("pk")[:21].explain()
    assert f"using {index} on" in plan, plan
    assert "Sort" not in plan, plan
