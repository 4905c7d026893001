"""Terms of reference out of the plan, three sealed quotes by link, a choice, and the contract."""

from __future__ import annotations

from datetime import timedelta

from django.core import mail
from django.urls import reverse
from django.utils import timezone

from demonstration.clock import noon, on
from tests.journeys import test_quotes as quotes
from tests.journeys.assistance.test_meetings import send
from tests.journeys.test_needs import fits, press
from tests.links.linking import newest_code, path_in
from tests.making import today_there
from tests.providers.quotes.asking import NAMES, Asked, provider
from vouchers.providers.actions.accounts import verify_provider_account
from vouchers.providers.quotes.models import QuoteLink, TermsOfReference
from vouchers.providers.quotes.tasks import mail_quote_link


def register_three(told):
    """Three providers are known, and their accounts verified long ago."""
    with on(noon(-20)):
        for number, name in enumerate(NAMES, start=61):
            known = provider(told, name, number)
            verify_provider_account(known.accounts.get(), by=told.cast.coordinators[1])


def buy(partner, cluster, told, visitor):
    """From the plan to the contract; who answers the links."""
    asked = ask(cluster, told)
    telephone = visitor(width=390)
    quotes.send_by_telephone(telephone, asked)
    for name, rate in ((NAMES[1], "380"), (NAMES[2], "450")):
        answer(visitor(), asked, name, rate)
    for someone in (partner, cluster):
        quotes.sees_no_price(someone, asked)
    quotes.deadline_passes(asked)
    quotes.open_together(partner, cluster, asked)
    for someone in (partner, cluster):
        quotes.declare_and_mark(someone, asked)
    quotes.choose_and_confirm(cluster, partner, asked)
    quotes.conclude(partner, asked)


def ask(cluster, told):
    """On the telephone: what the plan says stands there already; three are asked."""
    cluster.open(told.voucher.get_absolute_url())
    press(cluster, f"main a[href='{reverse('assistance:terms', args=[told.voucher.pk])}'] >> nth=0")
    assert cluster.page.input_value("main [name=form-0-title]") == "Manuels"
    cluster.fill(title="Deux manuels et un voyage").choose("language", "fr")
    send(cluster)
    terms = TermsOfReference.objects.get()
    for name in NAMES:
        cluster.open(terms.get_absolute_url())
        press(cluster, f"main a[href='{reverse('quotes:invite', args=[terms.pk])}']")
        cluster.page.select_option("main [name=provider]", label=name)
        cluster.fill(name=f"Qui répond pour {name}", email=f"{name.split()[0].lower()}@example.org")
        press(cluster, "main form button.btn-primary")
    press(cluster, f"main a[href='{reverse('quotes:ask', args=[terms.pk])}']")
    cluster.fill(deadline=(timezone.now() + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M"))
    press(cluster, "main form button.btn-primary")
    links = {}
    for link in QuoteLink.objects.select_related("invitation__provider"):
        mail_quote_link(link.pk)
        address = path_in(mail.outbox[-1].body)
        links[link.invitation.provider.name] = address.rstrip("/").rpartition("/")[2]
    return Asked(told, TermsOfReference.objects.get(), links)


def answer(someone, asked, name, rate):
    """By link, in French, ten days at so much."""
    someone.context.set_extra_http_headers({"Accept-Language": "fr"})
    someone.open(reverse("quotes:answer", args=[asked.links[name]]))
    someone.press("M’envoyer le code").fill(link_code=newest_code())
    someone.press("Ouvrir la page").fill(
        approach="Nous écrivons les manuels avec les membres.",
        valid_until=(today_there() + timedelta(days=90)).isoformat(),
        form__0__text="Conseil",
        form__0__days="10",
        form__0__rate=rate,
    )
    someone.press("Enregistrer le brouillon").press("Envoyer le devis")
    fits(someone)
