"""Whether a coordinator counter-signs is a term of the call: on unless it says otherwise, and kept."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.calls.drafts import complete_draft
from tests.calls.test_watching import TYPED
from tests.making import awarded
from tests.people import log_in
from vouchers.calls.actions import COPIED
from vouchers.calls.models import Call
from vouchers.calls.models.terms.signing import SIGNING_TERMS

pytestmark = pytest.mark.django_db


def test_it_is_asked_for_unless_a_draft_says_otherwise_and_copied(client):
    cast, call = complete_draft()
    assert call.countersigned
    log_in(client, cast.coordinators[0])
    address = reverse("calls:plans", args=[call.slug])
    assert 'name="countersigned"' in client.get(address).content.decode()
    assert client.post(address, TYPED).status_code == 302
    call.refresh_from_db()
    assert not call.countersigned
    client.post(address, {**TYPED, "countersigned": "on"})
    call.refresh_from_db()
    assert call.countersigned
    assert set(SIGNING_TERMS) <= set(COPIED)


def test_an_open_call_does_not_drop_it():
    story, _awards = awarded()
    with pytest.raises(IntegrityError, match="as it says"), transaction.atomic():
        Call.objects.filter(pk=story.call.pk).update(countersigned=False)
