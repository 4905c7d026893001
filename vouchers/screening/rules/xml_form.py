"""A list of sanctions in the Commission's XML, read as a stream. Pure.

lxml resolves nothing, reaches nothing, and is stopped at a DOCTYPE: an entity that grows is never read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import BinaryIO

from lxml import etree

from .reading import MOST_OF_ONE, NAMESPACE, Entity, NamedAs, NotAList, day_from

_ENTITY = f"{{{NAMESPACE}}}sanctionEntity"
_EXPORT = f"{{{NAMESPACE}}}export"


def read_xml(file: BinaryIO, dated: Callable[[date], None]) -> Iterator[Entity]:
    """The entities of the file, one after the other; `dated` is told the day of the list first.

    Raises NotAList for another XML, a DOCTYPE, and a file that is cut.
    """
    parsing = etree.iterparse(
        file,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = None
    try:
        for event, element in parsing:
            if root is None:
                root = element
                dated(_of_its_root(root))
            elif event == "end" and element.tag == _ENTITY:
                yield _entity(element)
                # What was read is let go, and what stood before it.
                element.clear()
                while element.getprevious() is not None:
                    del root[0]
    except etree.XMLSyntaxError as error:
        raise NotAList("cut" if root is not None else "broken", error.msg or "") from error


def _of_its_root(root: etree._Element) -> date:
    if root.getroottree().docinfo.doctype:
        raise NotAList("entities")
    if root.tag != _EXPORT:
        raise NotAList("other_xml", etree.QName(root).localname)
    day = day_from(root.get("generationDate", ""))
    if day is None:
        raise NotAList("no_date", root.get("generationDate", ""))
    return day


def _entity(element: etree._Element) -> Entity:
    if len(element) > MOST_OF_ONE:
        raise NotAList("too_many", element.get("euReferenceNumber", ""))
    regulation = _first(element, "regulation")
    subject = _first(element, "subjectType")
    found = Entity(
        reference=element.get("euReferenceNumber") or element.get("logicalId", ""),
        is_person=subject is not None and subject.get("code") == "person",
        programme=regulation.get("programme", "") if regulation is not None else "",
        regulation=regulation.get("numberTitle", "") if regulation is not None else "",
        remark=(element.get("designationDetails") or "").strip(),
    )
    for alias in element.iterchildren(f"{{{NAMESPACE}}}nameAlias"):
        name = (alias.get("wholeName") or "").strip() or " ".join(
            part for of in ("firstName", "middleName", "lastName") if (part := alias.get(of))
        )
        if name:
            found.names.append(NamedAs(name, alias.get("nameLanguage", "").lower()))
    for birth in element.iterchildren(f"{{{NAMESPACE}}}birthdate"):
        day = birth.get("birthdate") or birth.get("year") or ""
        if day and day not in found.births:
            found.births.append(day)
    return found


def _first(element: etree._Element, name: str) -> etree._Element | None:
    return element.find(f"{{{NAMESPACE}}}{name}")
