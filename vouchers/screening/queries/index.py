"""The list in force as it is searched, kept in the memory of each process."""

from __future__ import annotations

from functools import lru_cache

from conduct.queries.scoping import for_system
from vouchers.screening.models import ListedName, SanctionsList
from vouchers.screening.rules.matching import Index, Listed

_CHUNK = 5000


def index_of(sanctions_list: SanctionsList) -> Index:
    """The names of a list, ready to be compared; some 30,000 are read in a second, once."""
    return _index(sanctions_list.pk, sanctions_list.sha256)


@for_system("names are compared with the whole of a list")
def _names(list_pk: int) -> list[Listed]:
    rows = ListedName.objects.filter(entity__sanctions_list=list_pk).order_by("pk")
    columns = rows.values_list("entity_id", "pk", "letters", "sound")
    return [Listed(*row) for row in columns.iterator(_CHUNK)]


@lru_cache(maxsize=1)
def _index(list_pk: int, _sha256: str) -> Index:
    return Index(_names(list_pk))
