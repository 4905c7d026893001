"""What the clusters answer to the form: facts of the real ones, and made-up answers that say so.

`programme.json` tells sector, mission, members and the use of the voucher; what the form asks beyond
that is made up, and marked so in the text.
"""

from __future__ import annotations

import zlib
from datetime import date, timedelta
from decimal import Decimal

from demonstration.content.clusters import ClusterFacts
from vouchers.applications.queries.answers import Content
from vouchers.calls.models import Call

# Which kinds of members the options of `beneficiaries` stand for, in the order of the form.
_BENEFICIARIES = (
    ("start-up", "ناشئة"),
    ("SME", "SMI", "PME", "شركات صغيرة"),
    ("universit", "research"),
    ("institution",),
    ("service provider",),
)
_MARKS = {
    "en": "(Made up for the demonstration.)",
    "fr": "(Inventé pour la démonstration.)",
    "ar": "(نص مختلق للعرض التوضيحي.)",
}
# Shorter than what is compared: one demonstration cluster must not resemble every other.
GROWTH = {
    "en": "Within two years: more members, a joint service that they pay for, and new customers "
    "abroad. It is tried with five members first.",
    "fr": "En deux ans : plus de membres, un service commun qu’ils financent et de nouveaux clients "
    "à l’étranger. Cinq membres l’essaient d’abord.",
    "ar": "خلال سنتين: أعضاء أكثر، وخدمة مشتركة يموّلونها، وزبائن جدد في الخارج، بعد تجربة مع خمسة "
    "أعضاء.",
}
_EVIDENCE = {
    "en": "The result is accepted by the members.",
    "fr": "Le résultat est accepté par les membres.",
    "ar": "يقبل الأعضاء النتيجة.",
}


def answers_of(facts: ClusterFacts, call: Call) -> dict[str, Content]:
    """The answers of a cluster to the form of a call, by the key of the question."""
    mark = _MARKS[facts.language]
    return {
        "mission": facts.mission,
        "track-record": facts.services,
        "members": str(_members(facts)),
        "beneficiaries": _beneficiaries(facts),
        "growth": f"{GROWTH[facts.language]} {mark}",
        "milestones": _milestones(facts, call.assistance_starts),
        "way-of-use": "1",
        "voucher-use": facts.voucher_use,
        "start": (call.assistance_starts + timedelta(days=30)).isoformat(),
        "budget": _budget(facts, call.voucher_amount),
        "other-funding": "1",
    }


def _members(facts: ClusterFacts) -> int:
    """The figure that is known, else one between 20 and 59."""
    return facts.members or 20 + zlib.crc32(facts.name.encode()) % 40


def _beneficiaries(facts: ClusterFacts) -> str:
    numbers = [
        str(number)
        for number, words in enumerate(_BENEFICIARIES, start=1)
        if any(word in facts.member_kinds for word in words)
    ]
    return ",".join(numbers or ["2"])


def _milestones(facts: ClusterFacts, start: date) -> list[dict[str, str]]:
    return [
        {
            "milestone": title,
            "due": (start + timedelta(days=120 * number)).isoformat(),
            "evidence": _EVIDENCE[facts.language],
        }
        for number, title in enumerate(facts.milestones, start=1)
    ]


def _budget(facts: ClusterFacts, amount: Decimal) -> list[dict[str, str]]:
    """The voucher, six parts for the first milestone and four for the second."""
    first = (amount * Decimal("0.6")).quantize(Decimal("0.01"))
    return [
        {"activity": title, "days": days, "amount": str(share)}
        for title, days, share in zip(
            facts.milestones, ("6", "4"), (first, amount - first), strict=True
        )
    ]
