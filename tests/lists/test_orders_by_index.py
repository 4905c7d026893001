"""A page of a list over everything is found by an index in its order, however many rows there are."""

import pytest
from django.db import connection

from lists.queries import ordered
from vouchers.applications.models import Application
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.plans.models import Milestone
from vouchers.awards.models import Voucher
from vouchers.books.models import LedgerAccount
from vouchers.payments.batches.models import PaymentBatch
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.payments.receipts.models import Receipt
from vouchers.payments.recoveries.models import Correction

pytestmark = pytest.mark.django_db

ORDERS = [
    (Claim, ("-submitted_at",), "claims_newest"),
    (Claim, ("submitted_at",), "claims_newest"),
    (Claim, ("-amount",), "claims_largest"),
    (PaymentOrder, ("-ordered_at",), "orders_newest"),
    (PaymentOrder, ("ordered_at",), "orders_newest"),
    (PaymentOrder, ("-amount",), "orders_largest"),
    (PaymentBatch, ("-proposed_at",), "batches_newest"),
    (PaymentBatch, ("proposed_at",), "batches_newest"),
    (PaymentBatch, ("-total",), "batches_largest"),
    (Correction, ("-proposed_at",), "corrections_newest"),
    (Correction, ("-amount",), "corrections_largest"),
    (Receipt, ("-asked_at",), "receipts_newest"),
    (LedgerAccount, ("reference", "pk"), "accounts_by_reference"),
    (LedgerAccount, ("-debits", "pk"), "accounts_largest"),
    (Milestone, ("due_on",), "milestones_by_day"),
    (Milestone, ("-due_on",), "milestones_by_day"),
    (Milestone, ("-amount",), "milestones_largest"),
    (Session, ("-day",), "sessions_newest"),
    (Session, ("day",), "sessions_newest"),
    (Session, ("-hours",), "sessions_longest"),
    (Voucher, ("-issued_at",), "vouchers_newest"),
    (Application, ("cluster_name",), "applications_by_name"),
]


@pytest.mark.parametrize(
    ("model", "order", "index"), ORDERS, ids=[f"{one[0].__name__} {one[1][0]}" for one in ORDERS]
)
def test_a_page_is_read_along_an_index(model, order, index):
    with connection.cursor() as cursor:
        # Of no rows, any way is as cheap.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    plan = ordered(model._base_manager.all(), order).values("pk")[:21].explain()
    assert f"using {index} on" in plan, plan
    assert "Sort" not in plan, plan
