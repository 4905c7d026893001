"""A selection of more than a thousand applications is proposed, read and approved like a small one."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conduct.models.owning import as_owner
from demonstration.many.scored import make_applications
from documents.models import Document
from documents.rendering.pdf import letter_html
from tests.making import cast_of_all
from tests.people import log_in
from vouchers.awards.actions import approve_selection
from vouchers.awards.letters.annex import annex_of
from vouchers.awards.models import SelectionRound
from vouchers.calls.models import Call
from vouchers.scoring.ranking.actions import close_scoring, store_ranking
from vouchers.scoring.ranking.models import StoredPlace
from vouchers.scoring.ranking.queries import ranking

# Committed, as in the portal: of rows that are not, PostgreSQL knows nothing once autovacuum has
# passed, and it would join them row by row.
pytestmark = pytest.mark.django_db(transaction=True)

NUMBER = 1200
FIELD = re.compile(r'<(?:input|select|textarea)[^>]* name="([^"]+)"')


@pytest.fixture
def large():
    """A call after its scoring, with 1,200 ranked applications of three countries."""
    cast = cast_of_all()
    call = make_applications(NUMBER)
    Call.objects.filter(pk=call.pk).update(deadline=call.opens_at + timedelta(days=1))
    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute("ANALYZE")
    call.refresh_from_db()
    close_scoring(call, by=cast.coordinators[0])
    store_ranking(call)
    return cast, call


def test_it_is_proposed_with_what_departs_approved_and_minuted_with_an_annex(
    client, large, monkeypatch
):
    cast, call = large
    proposer, approver = cast.coordinators
    log_in(client, proposer)
    address = reverse("awards:propose", args=[call.slug])
    with monkeypatch.context() as patched:
        patched.delattr(ranking, "rank_applications")
        page = client.get(address)  # From what is kept: nothing is ranked to show a page.
    html = page.content.decode()
    fields = FIELD.findall(html)
    assert 0 < len(fields) < 400
    assert "more applications are ranked behind these" in html
    behind = StoredPlace.objects.filter(call=call, country="LB").order_by("-position").first()
    typed = {
        "participants": "Maya",
        "remarks": "",
        **{f"vote_{code}": "By show of hands." for code in ("LB", "MA", "TN")},
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        "form-0-reference": "nothing",
        "form-0-outcome": "reserve",
        "form-0-reason": "It was scored on an old annex.",
    }
    for edge in page.context["form"].edges:
        for place in edge.places:
            typed[f"outcome_{place.application_id}"] = place.suggested
            typed[f"reason_{place.application_id}"] = ""
    refused = client.post(address, typed)
    assert "No such reference is ranked in this call" in refused.content.decode()
    assert 'value="It was scored on an old annex."' in refused.content.decode()
    typed["form-0-reference"] = behind.application.reference.lower()
    with CaptureQueriesContext(connection) as asked:
        client.post(address, typed)
    assert len(asked) < 200
    proposal = SelectionRound.objects.get()
    assert proposal.decisions.count() == NUMBER
    departed = proposal.decisions.exclude(departure_reason="")
    assert [(one.application_id, one.outcome) for one in departed] == [
        (behind.application_id, "reserve")
    ]
    log_in(client, approver)
    client.get(proposal.get_absolute_url())
    with CaptureQueriesContext(connection) as asked:
        html = client.get(proposal.get_absolute_url()).content.decode()
    assert len(asked) < 40
    assert html.count("Why this result?") == 50
    assert "Page 1 of 24" in html

    approve_selection(proposal, publish_at=timezone.now() + timedelta(days=1), by=approver)
    annex = annex_of(proposal)
    facts = Document.objects.get(kind="minutes", language="en").facts
    for group in facts["countries"]:
        assert group["decided"] == NUMBER // 3
        assert 2 <= len(group["decisions"]) < 80
    assert facts["annex"] == {"decisions": NUMBER, "sha256": annex.sha256}
    assert f"All {NUMBER:,} decisions" in letter_html(
        Document.objects.get(kind="minutes", language="en")
    )
    log_in(client, approver)
    given = client.get(reverse("awards:annex", args=[proposal.pk]))
    content = b"".join(given.streaming_content)
    assert hashlib.sha256(content).hexdigest() == annex.sha256
    assert len(content.decode().splitlines()) == NUMBER + 1
    log_in(client, cast.officer("LB"))
    assert client.get(reverse("awards:annex", args=[proposal.pk])).status_code == 404
