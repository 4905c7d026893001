"""A bank that is none (mock-bank): it is sent our files, and answers them with its own."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection

from mockbank import Config, make_server

# The account that the programme of the story pays from, at that bank.
OURS = "ACME"


@dataclass
class Bank:
    """The bank, spoken to as its customer does, and told how to behave."""

    address: str
    seen: set[int] = field(default_factory=set)

    def ask(self, method, path, content=None):
        connection = HTTPConnection(self.address)
        connection.request(method, path, content)
        answer = connection.getresponse().read()
        connection.close()
        return answer

    def behaves(self, behaviour, **parameters):
        wanted = {"behaviour": behaviour}
        if parameters:
            wanted["parameters"] = parameters
        return json.loads(self.ask("PATCH", f"/_mock/accounts/{OURS}", json.dumps(wanted)))

    def knows(self, payment, **how):
        """It holds the account of this payee as well, and how that is."""
        facts = {"id": "PAYEE", "iban": payment.bank_account, **how}
        return json.loads(self.ask("POST", "/_mock/accounts", json.dumps(facts)))

    def holds(self, balance):
        self.ask("PATCH", f"/_mock/accounts/{OURS}", json.dumps({"balance": balance}))

    def pay(self, batch):
        return json.loads(self.ask("POST", "/payments", batch.file.content.encode()))

    def messages(self, *kinds):
        """What it has sent of our account and these kinds since it was asked for them last."""
        waiting = json.loads(self.ask("GET", "/_mock/mailbox?leave"))
        wanted = [
            one["id"]
            for one in waiting
            if one["account"] in (OURS, None, "")
            and one["type"].startswith(kinds)
            and one["id"] not in self.seen
        ]
        self.seen |= set(wanted)
        return [self.ask("GET", f"/_mock/mailbox/{one}") for one in wanted]


@contextmanager
def open_bank() -> Iterator[Bank]:
    """The bank, open for business while the context lasts."""
    server = make_server(Config(port=0, quiet=True))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Bank(f"127.0.0.1:{server.server_address[1]}")
    server.shutdown()
    server.server_close()
