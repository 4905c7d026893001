"""A view of a list under a name, and with which of them somebody begins a list."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from conduct.models.guards import fixed, refuses
from conduct.models.one_line import CONTROL_CHARACTERS, one_line

LONGEST_NAME, LONGEST_LIST, LONGEST_QUERY = 80, 300, 2000
# What an address says of the view that is open; `ALL` is the list without any.
VIEW, ALL = "view", "all"


def address_of(of: str, query: str, more: Mapping[str, str] | None = None) -> str:
    """The address of a list with its filters. Raises NoReverseMatch where there is no such list."""
    name, _mark, about = of.partition("?")
    kept: dict[str, object] = {**dict(parse_qsl(query)), **(more or {})}
    return reverse(name, kwargs=dict(parse_qsl(about)), query=kept)


# A view may be deleted, and its history says so.
@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SavedView(models.Model):
    """The filters and the order of a list, as somebody keeps them."""

    owner = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="saved_views",
        verbose_name=_("kept by"),
    )
    # The name of the list's address, with what it is about: "payments:list", "bank:statement?pk=7".
    of = models.CharField(_("list"), max_length=LONGEST_LIST)
    # The filters and the order as the list's address has them.
    query = models.CharField(_("filters and order"), max_length=LONGEST_QUERY, blank=True)
    name = models.CharField(_("Name"), max_length=LONGEST_NAME, validators=[one_line])
    # With whom it is shared: everybody who holds the role (in the country); empty for nobody.
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, blank=True)
    country_code = models.CharField(_("country"), max_length=2, blank=True)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.UniqueConstraint(
                "owner",
                "of",
                Lower("name"),
                name="one_view_of_a_name",
                violation_error_message=_("You have a view of this name for this list already."),
            ),
            models.CheckConstraint(
                condition=~Q(name__regex=CONTROL_CHARACTERS) & ~Q(name__regex=r"^\s*$"),
                name="a_view_has_a_name_on_one_line",
                violation_error_message=_("Give the view a name on one line."),
            ),
            models.CheckConstraint(
                condition=Q(country_code="")
                | (Q(role=Role.OFFICER) & Q(country_code__regex=r"^[A-Z]{2}$")),
                name="views_are_shared_in_a_country_among_officers",
            ),
        ]
        indexes = [
            # What a list asks for: those of the person, and those that are shared.
            models.Index(fields=["of", "role"], name="views_of_a_list"),
        ]
        triggers = [fixed("owner", "of")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shared(self) -> bool:
        """Whether anybody but its owner sees it."""
        return bool(self.role)

    @property
    def address(self) -> str:
        """The list as this view narrows it. Raises NoReverseMatch where there is no such list now."""
        return address_of(self.of, self.query, {VIEW: str(self.pk)})

    def get_absolute_url(self) -> str:
        """Its own address, which leads to the list."""
        return reverse("saved_views:open", args=[self.pk])


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class FirstView(models.Model):
    """The view with which a person begins a list."""

    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="first_views", verbose_name=_("person")
    )
    of = models.CharField(_("list"), max_length=LONGEST_LIST)
    view = models.ForeignKey(
        SavedView, on_delete=models.CASCADE, related_name="first_of", verbose_name=_("saved view")
    )

    class Meta:
        verbose_name = _("first view of a list")
        verbose_name_plural = _("first views of lists")
        constraints = [
            models.UniqueConstraint(fields=["person", "of"], name="a_list_begins_with_one_view"),
        ]
        triggers = [
            refuses(
                "a_first_view_is_of_its_list",
                pgtrigger.Insert | pgtrigger.Update,
                "NOT EXISTS (SELECT FROM saved_views_savedview WHERE id = NEW.view_id AND of = NEW.of)",
                "A list begins with a view of its own.",
            ),
            fixed("person", "of"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.view}"
