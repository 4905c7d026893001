"""Awards that wait for their answer, and what is typed to sign their agreement."""

from __future__ import annotations

import io

from django.conf import settings
from django.urls import reverse
from pypdf import PdfReader

from clusters.models import Representative
from demonstration.clock import noon
from links.models import LinkCode
from links.rules.secrets import code_from
from tests.making import awarded, of_one_signature, opening
from tests.people import person
from vouchers.awards.letters.reading import agreement_to_read
from vouchers.awards.models import Award, Voucher
from vouchers.calls.models import Call


def address_of(award):
    return reverse("awards:accept", args=[award.pk])


def manager_of(award):
    return award.application.submitted_by


def code():
    return code_from(LinkCode.objects.latest("pk").seed, settings.SECRET_KEY)


def typed(award, **given):
    text = agreement_to_read(award, manager_of(award).language)
    return {
        "name": "Rima Haddad",
        "function": "Director",
        "affirms": "on",
        "code": "",
        "shown": text.sha256,
        "read_in": text.language,
        **given,
    }


def ask_for_code(client, award):
    return client.post(address_of(award), typed(award, send_code="1"))


def another_than(right):
    return f"{(int(right) + 1) % 10**6:06d}"


def another_manager(cluster):
    """A second person who signs for the cluster."""
    found = person(name="Second Manager")
    Representative.objects.create(cluster=cluster, user=found, level="manager")
    return found


def paid_to_cluster():
    """A story and its award, of a call in which the programme pays the cluster itself."""

    def of_the_way(call):
        Call.objects.filter(pk=call.pk).update(way_of_use="cluster")

    of_the_way.remembered_as = "used by the cluster"
    with opening(of_the_way):
        story, (award,) = awarded()
    return story, award


def signed_by_the_cluster_alone():
    """A story and its award, of a call whose agreements no coordinator counter-signs."""
    with opening(of_one_signature):
        story, (award,) = awarded()
    return story, award


def told_accepted(award):
    """A voucher written past the actions."""
    Award.objects.filter(pk=award.pk).update(
        state="accepted", answered_by=manager_of(award), answered_at=noon(0)
    )
    call = award.application.call
    Voucher.objects.create(
        award=award,
        amount=award.amount,
        valid_from=call.assistance_starts,
        valid_until=call.assistance_ends,
    )


def text_of(pdf):
    """The text of a PDF, its pages one after the other."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
