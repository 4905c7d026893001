"""Pages: whoever asks for one gets it, is sent to the log-in, or hears that there is none."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse
from hypothesis import strategies as st
from hypothesis.stateful import rule

from demonstration.clock import on
from tests.assistance.machine.acting import Acting, names, people
from tests.people import log_in

# Of a voucher, by its id.
pages = st.sampled_from(["dashboards:voucher", "plans:plan", "final_reports:report"])
SCOPED_OUT = ("other manager", "foreign officer", "assessor", "stranger")


class Looking(Acting):
    """Moves that change nothing."""

    @rule(name=names, who=st.one_of(st.none(), people), page=pages)
    def look(self, name, who, page):
        client = Client()
        with on(self.now):
            if who is not None:
                log_in(client, self.person(who, name))
            found = client.get(reverse(page, args=[self.voucher(name).pk]))
        # Who may see the voucher hears what they may not do about it.
        allowed = {200, 302, 403, 404}
        if who is None:
            allowed = {302}
        elif who in SCOPED_OUT and not (who == "other manager" and name == "contracted"):
            allowed = {302, 404}
        assert found.status_code in allowed, (page, who, name, found.status_code)
        self.done["look at a page"] += 1
