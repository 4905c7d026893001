"""A claim is approved while a newer list arrives: it waits, and is judged by the newer one."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from conduct.actions import Refused
from demonstration.content.sanctions import MADE_UP, sanctions_xml
from tests.making import today_there, voucher_story
from tests.payments.making import claim
from tests.screening.making import in_force, read
from vouchers.payments import actions
from vouchers.screening.actions.uploading import put_in_force

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_approval_waits_for_a_list_that_is_being_put_in_force():
    told = voucher_story("accepted 0")
    verified = actions.verify_claim(claim(told._milestone(0), told.manager), by=told.officer)
    one, other = told.cast.coordinators
    in_force(one)
    newer = read(sanctions_xml(today_there(), MADE_UP[:3]), by=one)
    holds, let_go = threading.Event(), threading.Event()

    def arrive():
        try:
            with transaction.atomic():
                put_in_force(newer, by=one)
                holds.set()
                let_go.wait(20)
        finally:
            connection.close()

    def approve():
        try:
            holds.wait(20)
            return actions.approve_claim(verified, by=other)
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        arriving, approving = pool.submit(arrive), pool.submit(approve)
        # It had read that the payee is clear, and waits in the database all the same.
        assert _is_waiting_for_a_lock()
        let_go.set()
        arriving.result(20)
        assert "not cleared against the list" in approving.result(20)
    verified.refresh_from_db()
    assert verified.state == "verified"


def _is_waiting_for_a_lock() -> bool:
    for _attempt in range(400):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_sleep(0.05), count(*) FROM pg_locks"
                " WHERE locktype = 'advisory' AND NOT granted"
            )
            if cursor.fetchone()[1]:
                return True
    return False
