"""The background work of this room: lists to read, payees to screen."""

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Errand, Rows, register_kind

from .actions.reading import LISTS
from .tasks import read_list

register_kind(
    Rows(
        slug="sanctions-lists",
        title=_("Lists of sanctions"),
        queue="heavy",
        conductor=LISTS,
        task=read_list,
        since="uploaded_at",
    )
)
for _slug, _title in (
    ("screenings-provider", _("Screenings of providers")),
    ("screenings-cluster", _("Screenings of clusters")),
):
    register_kind(Errand(slug=_slug, title=_title, queue="heavy"))
