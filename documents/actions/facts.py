"""The frozen facts of a document: how they are written down and recognised."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

Facts = dict[str, Any]


def frozen(facts: Facts) -> Facts:
    """The facts as they will be read back: plain JSON, amounts and instants as text.

    Raises TypeError for what JSON cannot hold, and for float: money is never a float.
    """
    return json.loads(_canonical(facts), parse_float=_refuse_float)


def facts_sha256(facts: Facts) -> str:
    """SHA-256, in hex, of the facts in canonical JSON: the order of keys does not matter."""
    return hashlib.sha256(_canonical(facts).encode()).hexdigest()


def _canonical(facts: Facts) -> str:
    return json.dumps(
        facts, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )


def _refuse_float(number: str) -> None:
    raise TypeError(f"A fact is the float {number}: write it as text or as a whole number.")
