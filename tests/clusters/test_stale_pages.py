"""Representatives and accounts are judged as they are, not as a page showed them."""

import pytest
from django.db.models import prefetch_related_objects

from clusters import actions
from clusters.models import BankAccount, Representative
from conduct.actions import NotAllowed, OutOfOrder, Refused
from tests.clusters.test_bank import details
from tests.people import person

pytestmark = pytest.mark.django_db


def test_a_manager_who_was_made_reader_meanwhile_manages_no_more(cluster, manager):
    second = Representative.objects.create(cluster=cluster, user=person(), level="manager")
    seen = Representative.objects.select_related("cluster").get(user=manager)
    actions.change_level(seen, level="reader", by=second.user)
    with pytest.raises(NotAllowed):
        actions.change_level(Representative.objects.get(pk=second.pk), level="reader", by=manager)


def test_whom_a_page_read_as_manager_is_asked_anew(cluster, manager):
    second = Representative.objects.create(cluster=cluster, user=person(), level="manager")
    prefetch_related_objects([manager], "representations")
    actions.change_level(Representative.objects.get(user=manager), level="reader", by=second.user)
    with pytest.raises(NotAllowed):
        actions.update_profile(cluster, sector="Food", by=manager)


def test_the_last_manager_stays_whatever_the_page_said(cluster, manager):
    seen = Representative.objects.select_related("cluster").get(user=manager)
    seen.level = "editor"  # As a page had it before the person became the only manager.
    with pytest.raises(Refused, match="needs a manager"):
        actions.remove_representative(seen, by=manager)


def test_who_was_removed_meanwhile_is_told_of_and_nothing_breaks(cluster, manager):
    other = Representative.objects.create(cluster=cluster, user=person(), level="editor")
    seen = Representative.objects.get(pk=other.pk)
    actions.remove_representative(other, by=manager)
    with pytest.raises(OutOfOrder, match="not there any more"):
        actions.change_level(seen, level="reader", by=manager)


def test_an_account_that_was_replaced_meanwhile_is_not_verified(cast, cluster, manager):
    first = actions.change_account(cluster, **details(), by=manager)
    seen = BankAccount.objects.select_related("cluster").get(pk=first.pk)
    actions.change_account(cluster, **details(holder="Another"), by=manager)
    with pytest.raises(OutOfOrder):
        actions.verify_account(seen, by=cast.officer("LB"))
    assert not BankAccount.objects.exclude(verified_at=None).exists()
