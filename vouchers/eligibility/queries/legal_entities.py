"""Which clusters are, or may be, one legal entity."""

from __future__ import annotations

from django.db.models import Func, Q, QuerySet, TextField, Value

from clusters.models import Cluster
from inputs.queries import FoldedCode
from inputs.rules.folding import code_form, without_leading_zeros


def same_legal_entity(cluster: Cluster) -> QuerySet[Cluster]:
    """The cluster, and those registered in its country under its number, however it is written."""
    number = code_form(cluster.registration_number)
    if not number:
        return Cluster.objects.filter(pk=cluster.pk)
    return Cluster.objects.alias(plain_number=FoldedCode("registration_number")).filter(
        Q(pk=cluster.pk) | Q(country_id=cluster.country_id, plain_number=number)
    )


def perhaps_same_legal_entity(cluster: Cluster) -> QuerySet[Cluster]:
    """Those of `same_legal_entity`, and those whose number differs by leading zeros alone."""
    number = without_leading_zeros(code_form(cluster.registration_number))
    if not number:
        return same_legal_entity(cluster)
    bare = Func(
        FoldedCode("registration_number"),
        Value(r"(^|[^0-9])0+([0-9])"),
        Value(r"\1\2"),
        Value("g"),
        function="regexp_replace",
        output_field=TextField(),
    )
    return Cluster.objects.alias(bare_number=bare).filter(
        Q(pk=cluster.pk) | Q(country_id=cluster.country_id, bare_number=number)
    )
