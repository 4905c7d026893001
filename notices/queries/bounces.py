"""What came back, and from which addresses, until they are mended or the person was reached again."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from conduct.queries.scoping import for_system
from notices.models import DeliveryEvent, EventKind, MailEvent, Notice, SetAsideReport
from notices.models.delivery import BOUNCES
from notices.permissions import may_read_reports


def with_delivery(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """The notices with `last_event` (the kind of what a server said last of each) and `came_back`.

    Of a notice that was gathered with others, what is said of their e-mail counts.
    """
    said = _said_of_each().order_by("-happened_at", "-pk")
    return notices.annotate(
        last_event=Subquery(said.values("kind")[:1]),
        came_back=Exists(said.filter(kind__in=BOUNCES)),
    )


def that_came_back(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Those that were sent, came back, and were not sent once more since."""
    again = Notice.objects.filter(again_of=OuterRef("pk"))
    returned = _said_of_each().filter(kind__in=BOUNCES)
    return notices.filter(Exists(returned), ~Exists(again), state=Notice.State.SENT)


@for_system("who may look at a person's page sees whether mail reaches them; the pages are scoped")
def bounces_of(people: Iterable[User]) -> dict[int, DeliveryEvent]:
    """By the id of each person whose present address sends mail back: the last time that it did.

    An address counts as mended once something reached it afterwards, as far as anybody said so.
    """
    by_address = {person.email.lower(): person.pk for person in people if person.email}
    if not by_address:
        return {}
    reached = DeliveryEvent.objects.filter(
        Q(kind=EventKind.DELIVERED)
        # What was sent once more, on purpose, and did not come back yet.
        | Q(kind=EventKind.ACCEPTED, notice__again_of__isnull=False),
        address=OuterRef("address"),
        happened_at__gt=OuterRef("happened_at"),
    )
    events = DeliveryEvent.objects.filter(
        ~Exists(reached), kind__in=BOUNCES, notice__recipient__in=list(by_address.values())
    ).order_by("happened_at", "pk")
    found: dict[int, DeliveryEvent] = {}
    for event in events:
        person = by_address.get(event.address.lower())
        if person is not None:
            found[person] = event
    return found


@for_system("who may read an address on a page sees whether mail reaches it; the pages are scoped")
def returned_mails(addresses: Iterable[str]) -> dict[str, MailEvent]:
    """By address in lower case: what came back last of mails to people without an account; one query.

    An address counts as mended once something reached it afterwards.
    """
    wanted = {address.lower() for address in addresses}
    if not wanted:
        return {}
    reached = MailEvent.objects.filter(
        address=OuterRef("address"),
        kind=EventKind.DELIVERED,
        happened_at__gt=OuterRef("happened_at"),
    )
    events = MailEvent.objects.filter(~Exists(reached), address__in=wanted, kind__in=BOUNCES)
    return {event.address: event for event in events.order_by("happened_at", "pk")}


def has_come_back(notice: Notice) -> bool:
    """Whether it was sent, came back, and was not sent once more since."""
    return that_came_back(Notice.objects.filter(pk=notice.pk)).exists()


def mail_reports_visible_to(user: User) -> QuerySet[SetAsideReport]:
    """Reports that fit no message, newest first; none for who does not look after such things."""
    if not may_read_reports.test(user):
        return SetAsideReport.objects.none()
    return SetAsideReport.objects.select_related("seen__by").order_by("-noted_at", "-pk")


def mail_reports_to_see(user: User) -> QuerySet[SetAsideReport]:
    """Those of them that nobody has looked through, oldest first."""
    return mail_reports_visible_to(user).filter(seen=None).order_by("noted_at", "pk")


@for_system("a part of the reads above, which say whose notices they are")
def _said_of_each() -> QuerySet[DeliveryEvent]:
    """What servers said of the notice that encloses the query, or of the e-mail that gathers it."""
    return DeliveryEvent.objects.filter(
        Q(notice=OuterRef("pk")) | Q(notice=OuterRef("gathered_in"))
    )
