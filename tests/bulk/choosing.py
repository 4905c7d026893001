"""Rows that are ticked and pressed, as a person does it in the browser."""

from uuid import uuid4

from django.urls import reverse

from bulk.actions import RUNS
from bulk.models import BulkRun
from notices.models import Notice


def choose(client, of, action, *keys, query="", **more):
    """The answer to a list's form; it leads to the page that says what will happen."""
    address = reverse("bulk:choose", args=[of]) + query
    return client.post(address, {"action": action, "key": list(keys), **more})


def chosen(client, of, action, *keys, **more):
    """The run that choosing made."""
    answer = choose(client, of, action, *keys, **more)
    assert answer.status_code == 302, answer.content
    return BulkRun.objects.get(pk=answer["Location"].strip("/").split("/")[-1])


def shown(client, run):
    """What the page says would be done to which rows: it sends this back with the press."""
    told = (client.get(run.get_absolute_url()).context or {}).get("told")
    return getattr(told, "mark", "")


def press(client, run, words="", *, seen=None, work=True):
    """Look at the page, press, have the worker do it, and read the result."""
    data = {"words": words, "seen": shown(client, run) if seen is None else seen}
    answer = client.post(reverse("bulk:press", args=[run.pk]), data, follow=True)
    if not work:
        return answer
    RUNS.conduct(run.pk)
    return client.get(run.get_absolute_url())


def outcomes(run):
    return {item.key: item.outcome for item in run.items.all()}


def stranger():
    """A key that nobody has."""
    return str(uuid4())


def states(notices):
    """In which state each message is now."""
    return [Notice.objects.get(pk=one.pk).state for one in notices]


def keys(notices):
    return [str(one.pk) for one in notices]
