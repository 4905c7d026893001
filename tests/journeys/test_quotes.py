"""Three sealed quotes by link, one in dinars: nobody sees a price early; not the cheapest is chosen."""

from __future__ import annotations

from datetime import timedelta

import pgtrigger
import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from conduct.models.owning import as_owner
from demonstration.clock import noon, on
from tests.journeys.test_needs import fits
from tests.links.linking import newest_code
from tests.making import pdf, today_there
from tests.payments.making import rate
from tests.providers.quotes.asking import NAMES, asking, offer
from tests.providers.quotes.in_dinars import tunisian
from vouchers.providers.quotes import actions
from vouchers.providers.quotes.models import Quote, TermsOfReference
from vouchers.providers.quotes.queries import compare
from vouchers.providers.quotes.queries.sealing import by_link

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]
# Ten days at 1,292.722 dinars are 3,800.00 EUR.
IN_DINARS, UNITS = "1292.722", "3.4019"
WHY = "Le moins cher n’a encore rien fait de ce genre."
# What a price is shown as, in each way a page may write it.
# 413.37 a day for ten days, and 150 for journeys.
PRICES = ("4283.70", "4,283.70", "4.283,70", "4\N{NO-BREAK SPACE}283,70", "413.37", "413,37")


def test_three_sealed_quotes_and_not_the_cheapest_is_chosen(visitor):
    told = tunisian()
    User.objects.filter(pk=told.officer.pk).update(language="ar")
    User.objects.filter(pk=told.manager.pk).update(language="fr")
    told.officer.refresh_from_db()
    told.manager.refresh_from_db()
    deadline = noon(1)
    with on(noon(-2)):
        asked = asking(told, deadline=deadline, language="fr")
    partner, cluster = visitor(told.officer), visitor(told.manager, width=390)

    send_by_telephone(visitor(width=390), asked, also="TND")
    for name, daily, currency in ((NAMES[1], IN_DINARS, "TND"), (NAMES[2], "450.00", "EUR")):
        offer(asked, name, daily, currency=currency)
        actions.send_quote(asked.invitation(name), link=asked.links[name])
    for someone in (partner, cluster):
        sees_no_price(someone, asked)

    deadline_passes(asked)
    open_together(partner, cluster, asked)
    waits_for_the_rate(asked)
    for someone in (partner, cluster):
        declare_and_mark(someone, asked)
        sees_both_currencies(someone)
    choose_and_confirm(cluster, partner, asked)
    conclude(partner, asked)


def waits_for_the_rate(asked):
    """Nothing is compared before it is known what a dinar is worth; who judges declares meanwhile."""
    assert compare(asked.terms).awaited == ["TND"]
    rate(asked.told, "TND", UNITS, month=asked.terms.rate_month)


def send_by_telephone(provider, asked, *, also=None):
    """In French, without an account; a currency is offered besides EUR where there is one."""
    address = reverse("quotes:answer", args=[asked.links[NAMES[0]]])
    page = provider.page
    provider.context.set_extra_http_headers({"Accept-Language": "fr"})
    provider.open(address).press("M’envoyer le code").fill(link_code=newest_code())
    fits(provider)
    provider.press("Ouvrir la page").reads("Votre devis est scellé")
    fits(provider)
    provider.fill(
        approach="Nous rencontrons d’abord les acheteurs.",
        valid_until=(today_there() + timedelta(days=90)).isoformat(),
        form__0__text="Conseil",
        form__0__days="10",
        form__0__rate="413,37",
    )
    expect(page.locator("[name=currency] option")).to_have_count(2 if also else 1)
    provider.choose("currency", also or "EUR").press("Enregistrer le brouillon")
    expect(page.locator("[name=approach]")).to_have_value("Nous rencontrons d’abord les acheteurs.")
    provider.choose("currency", "EUR").press("Ajouter une ligne")
    provider.choose("form-1-kind", "travel").fill(form__1__text="Voyages", form__1__amount="150")
    provider.press("Enregistrer le brouillon").press("Envoyer le devis")
    fits(provider)
    provider.reads("Voyages").reads("4\N{NO-BREAK SPACE}283,70")
    with by_link(asked.links[NAMES[0]]):
        assert Quote.objects.get().state == "sent"


def sees_no_price(someone, asked):
    """On no page of the request; how many have arrived, and not whose."""
    someone.open(asked.terms.get_absolute_url())
    fits(someone)
    assert asked.fresh().answers == 3
    for name in ("quotes:terms", "quotes:compare", "quotes:interests"):
        answer = someone.context.request.get(
            f"{someone.address}{reverse(name, args=[asked.terms.pk])}"
        )
        assert not [price for price in PRICES if price in answer.text()], answer.url
    sheet = reverse("quotes:compare_xlsx", args=[asked.terms.pk])
    assert someone.context.request.get(f"{someone.address}{sheet}").status in (403, 404)


def deadline_passes(asked):
    """Its instant is put to now: nobody waits here for tomorrow, and the database's clock judges."""
    with as_owner(), pgtrigger.ignore("vouchers.TermsOfReference:a_deadline_only_moves_on"):
        TermsOfReference.objects.filter(pk=asked.terms.pk).update(deadline=timezone.now())
    asked.fresh()


def press(someone, selector):
    with someone.page.expect_navigation():
        someone.page.locator(selector).first.click()
    someone.check()
    fits(someone)


def open_together(partner, cluster, asked):
    terms = asked.terms
    partner.open(terms.get_absolute_url())
    press(partner, f"form[action='{reverse('quotes:call_opening', args=[terms.pk])}'] button")
    # Who called does not open: a second person does.
    opening = f"form[action='{reverse('quotes:open', args=[terms.pk])}'] button"
    expect(partner.page.locator(opening)).to_have_count(0)
    cluster.open(terms.get_absolute_url())
    press(cluster, opening)
    assert asked.fresh().state == "opened"


def declare_and_mark(someone, asked):
    """Ties first; then the marks, the best for the quote that came by telephone."""
    someone.open(reverse("quotes:interests", args=[asked.terms.pk]))
    for box in someone.page.locator("main input[type=radio][value=no]").all():
        box.check()
    press(someone, "main form[data-guard] button[type=submit], main form button.btn-primary")
    quote = Quote.objects.get(invitation=asked.invitation(NAMES[0]))
    fields = someone.page.locator("main select[name^=mark-]")
    expect(fields).to_have_count(6)
    for field in fields.all():
        is_best = field.get_attribute("name").startswith(f"mark-{quote.pk}-")
        field.select_option("5.0" if is_best else "2.0")
    press(someone, "main form button.btn-primary")
    assert any(
        price in someone.page.inner_text("main")
        for price in ("4.283,70", "4\N{NO-BREAK SPACE}283,70")
    )


def sees_both_currencies(someone):
    """What was quoted in dinars stands beside what it comes to."""
    shown = someone.page.inner_text("main")
    assert "InforEuro" in shown
    assert any(one in shown for one in ("12.927,22", "12\N{NO-BREAK SPACE}927,22"))
    assert any(one in shown for one in ("3.800,00", "3\N{NO-BREAK SPACE}800,00"))


def choose_and_confirm(cluster, partner, asked):
    """Another quote is cheaper: without a reason the choice is refused, beside the field."""
    quote = Quote.objects.get(invitation=asked.invitation(NAMES[0]))
    cluster.open(reverse("quotes:choose", args=[asked.terms.pk, quote.pk]))
    press(cluster, "main form button.btn-primary")
    expect(cluster.page.locator("main .invalid-feedback")).to_have_count(1)
    assert asked.fresh().state == "opened"
    cluster.fill(reason=WHY)
    press(cluster, "main form button.btn-primary")
    partner.open(reverse("quotes:answer_choice", args=[asked.terms.pk])).reads(WHY)
    partner.page.check("main input[value=yes]")
    press(partner, "main form button.btn-primary")
    assert asked.fresh().state == "decided"


def conclude(partner, asked):
    voucher = asked.told.voucher
    partner.open(reverse("contracts:enter", args=[voucher.pk]))
    partner.fill(
        number="C-1",
        signed_on=today_there().isoformat(),
        starts_on=today_there().isoformat(),
        ends_on=(today_there() + timedelta(days=30)).isoformat(),
        signed_for_provider="Rania Haddad",
        signed_for_client="Rami Fares",
    ).upload("upload", pdf("contract.pdf"))
    press(partner, "main form button.btn-primary")
    partner.reads("C-1").reads("4.283,70")
    fits(partner)
