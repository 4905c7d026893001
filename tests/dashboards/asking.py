"""A desk that asks whether it is still right, as its script does."""

import json

from django.test import Client

from tests.people import log_in

HOME = "/"


class Desk:
    """A page that was opened, and asks whether it is still right, as its script does."""

    def __init__(self, user, **about):
        self.user = user
        self.client = log_in(Client(), type(user).objects.get(pk=user.pk))
        page = self.client.get(HOME, about)
        self.version = ""
        self.waits = page.context["refreshing"].waits
        # The first question tells the page which version it shows, and nothing new.
        assert told(self.ask(**about))["news"] == ""

    def ask(self, *, of=None, waits=None, **about):
        answer = self.client.get(
            HOME,
            about,
            headers={
                "HX-Request": "true",
                "Desk-Of": str(self.user.pk if of is None else of),
                "Desk-Waits": self.waits if waits is None else waits,
                "If-None-Match": f'W/"{self.version}"',
            },
        )
        if "ETag" in answer:
            self.version = answer["ETag"].removeprefix("W/").strip('"')
        return answer


def told(answer):
    return json.loads(answer["HX-Trigger"])["desk:told"]
