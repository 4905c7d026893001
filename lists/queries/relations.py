"""What a list has to know of the relations over which it is ordered and filtered."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.db.models.fields.reverse_related import ForeignObjectRel


def may_be_null(found: QuerySet[Any], name: str) -> bool:
    """Whether the field, or a relation that leads to it, may hold nothing."""
    model: Any = found.model
    for part in name.split("__"):
        if part == "pk":
            return False
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist:
            return True
        if field.null:
            return True
        model = field.related_model
    return False


def joins_many(found: QuerySet[Any]) -> bool:
    """Whether a record may come several times: once for each that is joined to it."""
    joins = found.query.alias_map.values()
    to_many = (getattr(join, "join_field", None) for join in joins)
    return any(isinstance(field, ForeignObjectRel) and field.multiple for field in to_many)
