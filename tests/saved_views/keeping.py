"""Views of the list of vouchers, kept by its page and by the action."""

from django.urls import reverse

from saved_views import actions

OF = "dashboards:vouchers"
VOUCHERS = reverse(OF)


def save_address(client, **asked):
    """What the list offers for saving what it shows."""
    page = client.get(VOUCHERS, asked).content.decode()
    return page.partition('href="/views/save/')[2].partition('"')[0].replace("&amp;", "&")


def save(client, name, *, audience=":", asked=None, **more):
    address = "/views/save/" + save_address(client, **(asked or {"country": "LB"}))
    return client.post(address, {"name": name, "audience": audience, **more}, follow=True)


def references(answer):
    return [voucher.reference for voucher in answer.context["page"]]


def kept(owner, name="Lebanon", query="country=LB", **more):
    return actions.save_view(OF, query, name, by=owner, **more)
