"""Our file at a bank that is none (mock-bank): it takes what we make, and refuses what is broken."""

import json
import threading
from dataclasses import replace
from decimal import Decimal
from http.client import HTTPConnection

import pytest
from mockbank import Config, make_server

from demonstration.story.paying import exported
from tests.payments.batches.messages import message, payment
from tests.payments.making import approved
from vouchers.payments.batches.rules.building import build


@pytest.fixture(scope="module")
def bank():
    """The address of a bank that runs for these tests."""
    server = make_server(Config(port=0, quiet=True))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def sent(bank, content):
    """What the bank says of a file, and the reasons that it gives for its payments."""
    connection = HTTPConnection(bank)
    connection.request("POST", "/payments", content, {"Content-Type": "application/xml"})
    said = json.load(connection.getresponse())
    connection.close()
    reasons = {one.get("reason") for one in said.get("payments", [])} - {None}
    return said["status"], reasons


@pytest.mark.django_db
def test_the_bank_accepts_the_file_of_a_batch(bank, twice):
    claims = [
        approved(twice, twice._milestone(0)),
        approved(twice, twice._milestone(1), amount="2000.00", number="F-2"),
    ]
    batch = exported(claims, twice.cast)
    assert sent(bank, batch.file.content.encode()) == ("ACCP", set())
    # The same file again is a duplicate.
    assert sent(bank, batch.file.content.encode())[0] == "RJCT"


@pytest.mark.parametrize(
    "changed",
    [
        message(message_id="B-1", control_sum=Decimal(7)),
        message(message_id="B-2", count=9),
        replace(message(payment(3, account="LB00")), message_id="B-3"),
    ],
)
def test_the_bank_refuses_what_is_broken(bank, changed):
    assert sent(bank, build(changed))[0] in {"RJCT", "PART"}
