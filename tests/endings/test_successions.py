"""Another manager acts for the cluster in a voucher; nobody loses what waits for them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from clusters.models import Representative
from conduct.actions import NotAllowed, Refused
from documents.models import Document
from notices.models import Notice
from tests.making import today_there, voucher_story
from tests.people import log_in, person
from vouchers.awards.models import Succession, Voucher
from vouchers.awards.queries import acts_for
from vouchers.endings import actions
from vouchers.endings.queries import vouchers_without_manager

pytestmark = pytest.mark.django_db
WHY = "Nadine left the cluster."


@pytest.fixture
def told():
    return voucher_story("plan approved")


@pytest.fixture
def heir(told):
    found = person(name="Karim Saleh")
    cluster = told.voucher.award.application.cluster
    Representative.objects.create(cluster=cluster, user=found, level="manager")
    return found


def name(told, heir, by=None, reason=WHY):
    return actions.name_representative(
        told.voucher, person=heir, reason=reason, by=by or told.manager
    )


def test_who_signed_acts_until_another_is_named_with_a_letter(told, heir):
    assert acts_for(told.voucher)[0] == told.manager
    name(told, heir)
    assert acts_for(told.voucher) == (heir, today_there())
    assert Document.objects.filter(kind="succession").count() == 3
    assert Notice.objects.filter(recipient=told.officer, kind="voucher-successor").exists()
    with pytest.raises(Refused, match="already") as refused:
        name(told, heir, by=told.officer)
    assert refused.value.field == "person"
    name(told, told.manager, by=told.officer)
    assert Succession.objects.count() == 2


def test_only_a_manager_of_the_cluster_is_named_and_by_who_may(told, heir):
    for stranger in (told.officer, person()):
        with pytest.raises(Refused, match="one of the managers"):
            name(told, stranger)
    for stranger in (told.cast.officer("MA"), told.cast.finance[0], person()):
        with pytest.raises(NotAllowed):
            name(told, heir, by=stranger)
    with pytest.raises(Refused, match="Say why"):
        name(told, heir, reason="\t ")


def test_a_cluster_without_a_manager_is_on_the_list_of_its_officer(client, told):
    assert not vouchers_without_manager(told.officer).exists()
    Representative.objects.filter(user=told.manager).update(level="editor")
    assert list(vouchers_without_manager(told.officer)) == [Voucher.objects.get()]
    assert not vouchers_without_manager(told.cast.officer("MA")).exists()
    log_in(client, told.officer)
    page = client.get(reverse("dashboards:home")).content.decode()
    assert "Clusters without a manager" in page
    found = client.get(reverse("dashboards:vouchers"), {"ending": "no_manager"})
    assert told.voucher.reference in found.content.decode()


def test_the_page_keeps_what_was_typed(client, told, heir):
    log_in(client, told.manager)
    address = reverse("endings:representative", args=[told.voucher.pk])
    wrong = client.post(address, {"person": told.officer.pk, "reason": "He takes over."})
    assert set(wrong.context["form"].errors) == {"person"}
    assert "He takes over." in wrong.content.decode()
    client.post(address, {"person": heir.pk, "reason": "He takes over."})
    assert "Karim Saleh" in client.get(told.voucher.get_absolute_url()).content.decode()
