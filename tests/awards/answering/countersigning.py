"""The page on which an agreement is counter-signed, as tests fill it in."""

from django.urls import reverse


def address_of(award):
    return reverse("awards:countersign", args=[award.pk])


def typed(award, **given):
    return {
        "name": "Amal Coordinator",
        "function": "Coordinator of the programme",
        "code": "",
        "shown": award.signature.sha256,
        "read_in": award.signature.language,
        **given,
    }


def asked_for_code(client, award):
    return client.post(address_of(award), typed(award, send_code="1"))
