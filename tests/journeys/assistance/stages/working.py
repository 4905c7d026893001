"""The provider at work by its link: eight sessions, and a deliverable that comes back once."""

from __future__ import annotations

from django.core import mail
from django.urls import reverse

from tests.assistance.delivery.session import ago
from tests.journeys.assistance.test_sessions import hand_in_by_link, send
from tests.journeys.test_needs import fits, press
from tests.links.linking import newest_code, path_in
from tests.making import pdf
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.workroom.models import WorkLink
from vouchers.assistance.workroom.tasks import mail_work_link

SESSIONS = 8


def admit(partner, told, provider):
    """The officer sends the link; the provider proves itself, on a telephone. The link's path."""
    partner.open(told.voucher.get_absolute_url())
    press(partner, f"#quotes a[href='{told.voucher.contract.get_absolute_url()}']")
    press(partner, f"#provider-link a[href='{reverse('workroom:send', args=[told.voucher.pk])}']")
    partner.fill(email="amal@atlas.example").choose("language", "fr")
    press(partner, "main form button.btn-primary")
    mail_work_link(WorkLink.objects.get().pk)
    address = path_in(mail.outbox[-1].body)
    provider.context.set_extra_http_headers({"Accept-Language": "fr"})
    provider.open(address).press("M’envoyer le code").fill(link_code=newest_code())
    provider.press("Ouvrir la page")
    fits(provider)
    return address


def work(provider, cluster, told, address):
    """Eight hours of one expert on one day, hour by hour; a ninth is refused. All are confirmed."""
    for number in range(1, SESSIONS + 2):
        provider.open(f"{address}sessions/")
        provider.page.locator("#id_milestone").select_option(index=1)
        provider.fill(
            day=ago(0).isoformat(),
            hours="1",
            activity=f"Atelier {number}",
            expert_name="Nour Haddad",
            expert_email="nour@atlas.example",
            place="Jbeil",
            participants="6",
            women="2",
        )
        send(provider)
        fits(provider)
    # Nothing typed is lost where the ninth is refused.
    assert provider.page.input_value("#id_activity") == f"Atelier {SESSIONS + 1}"
    assert Session.objects.count() == SESSIONS
    cluster.open(told.voucher.get_absolute_url())
    for _session in range(SESSIONS):
        press(cluster, "#sessions form[action$='/confirm/'] button >> nth=0")
    assert Session.objects.filter(state="confirmed", confirmed_by=cluster.user).count() == SESSIONS


def hand_in(provider, address, told):
    hand_in_by_link(provider, address, told, pdf("manuels.pdf"), summary="Deux manuels.")


def return_it(cluster):
    """On the telephone, at a named point."""
    version = Deliverable.objects.get()
    cluster.open("/")
    press(cluster, f"main a[href='{version.get_absolute_url()}'] >> nth=0")
    cluster.fill(where="Page 4", text="Les chiffres manquent.")
    press(cluster, "#decide button[name=note]")
    cluster.fill(reason="Un point.")
    press(cluster, "#decide button[name=return]")
    version.refresh_from_db()
    assert version.state == "returned"


def hand_in_again(provider, address, told):
    point = Deliverable.objects.get().points.get()
    hand_in_by_link(
        provider,
        address,
        told,
        pdf("manuels-2.pdf", "more"),
        [f"done_{point.pk}:done"],
        changes="La page 4.",
    )


def accept(cluster, partner):
    """The cluster first, then the partner."""
    version = Deliverable.objects.get(number=2)
    for someone in (cluster, partner):
        someone.open("/")
        press(someone, f"main a[href='{version.get_absolute_url()}'] >> nth=0")
        press(someone, "#decide form[action$='/accept/'] button")
    version.refresh_from_db()
    assert (version.state, version.cluster_accepted_by, version.accepted_by) == (
        "accepted",
        cluster.user,
        partner.user,
    )
