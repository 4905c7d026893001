"""A list of sanctions in the European Commission's form, whose people and firms are made up.

Nobody in it exists: references, regulations and names are invented, so that the demonstration and the
tests need neither the network nor the name of anybody who is listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from xml.sax.saxutils import quoteattr

# Reference, kind, programme, year of birth (empty for a firm), and all names.
Entry = tuple[str, str, str, str, Sequence[str]]

MADE_UP: tuple[Entry, ...] = (
    ("EU.9001.01", "person", "ZZA", "1961", ("Farid Al-Mudarris", "فريد المدرس", "Fareed Mudaris")),
    ("EU.9002.02", "person", "ZZA", "1974-03-09", ("Boris Vymyshlenov", "Борис Вымышленов")),
    ("EU.9003.03", "enterprise", "ZZB", "", ("Imaginary Shipping and Trading SAL", "الخيال للنقل")),
    ("EU.9004.04", "person", "ZZB", "1958", ("Salwa Al-Khayali", "سلوى الخيالي")),
    ("EU.9005.05", "enterprise", "ZZC", "", ("Nowhere Drilling Company Ltd",)),
)


def sanctions_xml(day: date, entries: Iterable[Entry] = MADE_UP) -> bytes:
    """The list of a day, as the Commission writes its “full sanctions list 1.1” in XML."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="{day}T10:00:00.000+01:00">',
        *map(_entity, entries),
        "</export>",
    ]
    return "\n".join(lines).encode()


def _entity(entry: Entry) -> str:
    reference, kind, programme, born, names = entry
    aliases = "".join(
        f'<nameAlias firstName="" lastName="" wholeName={quoteattr(name)} nameLanguage=""/>'
        for name in names
    )
    birth = f'<birthdate birthdate={quoteattr(born)} year="{born[:4]}"/>' if born else ""
    return (
        f'<sanctionEntity euReferenceNumber="{reference}" designationDetails="made up" logicalId="1">'
        f'<regulation programme="{programme}" numberTitle="0000/2026 (made up)"/>'
        f'<subjectType code="{kind}"/>{aliases}{birth}</sanctionEntity>'
    )
