"""What one XML part of an Office file does: read by a parser, as Office itself reads it.

Words are judged where they count (a field's instruction, a relationship's target), never by a search
through the text, which runs, spellings and namespaces would deceive. Entities are never resolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

from files.reading.elsewhere import is_elsewhere
from files.reading.found import FileFault, Found
from files.reading.office import formulas
from files.reading.office.fields import Fields

# Of relationships to outside, these are followed by the reader's own hand.
_BY_HAND = {"hyperlink"}
# These bring in another document wherever it lies.
_BRINGS_IN = {"oleobject", "subdocument", "frame", "control", "package", "afchunk"}
_MACRO_TYPE = re.compile(r"macroenabled|vbaproject|ms-office\.vba", re.IGNORECASE)
_SCRIPT = re.compile(
    r"\s*(?:vnd\.sun\.star\.(?:script|expand)|macro|javascript|vbscript)\s*:", re.I
)
_FORMULA_ELEMENTS = {"f", "formula", "formula1", "formula2", "definedName", "fmla"}
_DDE_ELEMENTS = {"ddeLink", "oleLink", "dde-source", "dde-connection-decl", "dde-link", "applet"}
# In OpenDocument these are links that a reader follows by hand.
_LINK_ELEMENTS = {"a", "button", "area-rectangle", "area-circle", "area-polygon", "event-listener"}
_SCRIPT_ELEMENTS = {"office:script", "script:module"}
# What is judged at all, so that millions of cells cost no more than they must.
_JUDGED = {
    "fldChar",
    "fldSimple",
    "Relationship",
    "connection",
    "queryTable",
    "reference",
    "encryption-data",
    "imagedata",
    "fill",
    "stroke",
}
_JUDGED_ATTRIBUTES = {"ContentType", "action", "formula", "href"}
_LONGEST = 256 * 1024
# Illustrator writes its namespaces as entities into drawings.
_MOST_ENTITIES, _LONGEST_ENTITY = 50, 300


def inspect_part(name: str, pieces: Iterator[bytes]) -> None:
    """Read one XML part. Raises Found when it declares entities, is damaged, or does something."""
    look = _PartHandlers(name)
    empty = True
    try:
        for piece in pieces:
            empty = False
            look.parser.Parse(piece, False)
        if not empty:
            look.parser.Parse(b"", True)
    except expat.ExpatError:
        # Excel's own VML is now and then no XML. It says what to draw; links are in its .rels.
        if not name.endswith(".vml"):
            raise Found(FileFault.DAMAGED) from None
    look.end_of_part()


class _PartHandlers:
    """Handlers of the parser for one part."""

    def __init__(self, name: str) -> None:
        self.is_rels = name.endswith(".rels")
        self.is_drawing = name.endswith(".svg")
        self.entities = 0
        self.is_types = name == "[Content_Types].xml"
        self.fields = Fields()
        self.harmless: set[str] = set()
        self.heard: list[str] | None = None
        self.heard_size = 0
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = 64 * 1024
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.EntityDeclHandler = self._entity
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        self.parser = parser

    def end_of_part(self) -> None:
        _raise(self.fields.rest())

    def _entity(self, _name: str, _is_parameter: int, value: str | None, *_rest: object) -> None:
        """Old OpenOffice names its DTD, which is never fetched; nobody honest declares entities."""
        self.entities += 1
        is_short = value is not None and len(value) <= _LONGEST_ENTITY and "&" not in value
        if not (self.is_drawing and is_short and self.entities <= _MOST_ENTITIES):
            raise Found(FileFault.BOMB)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        element = tag.rpartition(":")[2]
        if element in ("instrText", "delInstrText", "t") or element in _FORMULA_ELEMENTS:
            self._listen()
        elif element in _DDE_ELEMENTS:
            raise Found(FileFault.PROGRAMS)
        elif tag in _SCRIPT_ELEMENTS:
            raise Found(FileFault.MACROS)
        if element in _JUDGED or not self._is_harmless(attributes):
            self._judge(element, attributes)

    def _is_harmless(self, attributes: dict[str, str]) -> bool:
        """Whether none of the names counts; those of a part are few, and are remembered."""
        for name in attributes:
            if name not in self.harmless:
                if name.rpartition(":")[2] in _JUDGED_ATTRIBUTES:
                    return False
                self.harmless.add(name)
        return True

    def _judge(self, element: str, attributes: dict[str, str]) -> None:
        told = {name.rpartition(":")[2]: value for name, value in attributes.items()}
        if element == "fldChar":
            _raise(self._field_character(told.get("fldCharType", "").lower()))
        elif element == "fldSimple":
            _raise(_simple_field(told.get("instr", "")))
        elif element == "Relationship" and self.is_rels:
            _judge_relationship(told)
        elif self.is_types and _MACRO_TYPE.search(told.get("ContentType", "")):
            raise Found(FileFault.MACROS)
        elif element in ("connection", "queryTable") and _is_on(told.get("refreshOnLoad")):
            raise Found(FileFault.ELSEWHERE)
        elif element == "reference" and is_elsewhere(told.get("store", "")):
            # An add-in that Office fetches from a server with the file.
            raise Found(FileFault.ELSEWHERE)
        elif element == "encryption-data":
            raise Found(FileFault.LOCKED)
        elif element in ("imagedata", "fill", "stroke") and is_elsewhere(told.get("src", "")):
            raise Found(FileFault.ELSEWHERE)
        if "action" in told and told["action"].lower().startswith(
            ("ppaction://program", "ppaction://macro")
        ):
            raise Found(FileFault.PROGRAMS)
        if "formula" in told:
            _raise(formulas.finding_in(told["formula"]))
        for name, value in attributes.items():
            # VML has an attribute of that name without a prefix: a link to follow by hand.
            if name.endswith(":href"):
                _judge_link(element, value)

    def _field_character(self, kind: str) -> FileFault | None:
        if kind == "begin":
            return self.fields.begin()
        if kind == "separate":
            return self.fields.separate()
        return self.fields.end() if kind == "end" else None

    def _listen(self) -> None:
        self.heard, self.heard_size = [], 0
        self.parser.CharacterDataHandler = self._hear

    def _hear(self, text: str) -> None:
        if self.heard is not None and self.heard_size < _LONGEST:
            self.heard.append(text)
            self.heard_size += len(text)

    def _end(self, tag: str) -> None:
        if self.heard is None:
            return
        text, self.heard = "".join(self.heard), None
        self.parser.CharacterDataHandler = None
        element = tag.rpartition(":")[2]
        if element in ("instrText", "delInstrText"):
            self.fields.instruction(text)
        elif element == "t":
            self.fields.text(text)
        elif element in _FORMULA_ELEMENTS:
            _raise(formulas.finding_in(text))


def _judge_relationship(told: dict[str, str]) -> None:
    kind = told.get("Type", "").rstrip("/").rpartition("/")[2].lower()
    target = told.get("Target", "")
    is_external = told.get("TargetMode", "").strip().lower() == "external"
    if kind == "afchunk":
        # Another document, often HTML or RTF, that Word merges in when it opens the file.
        raise Found(FileFault.PROGRAMS)
    if kind in _BY_HAND:
        return
    if (is_external and kind in _BRINGS_IN) or is_elsewhere(target):
        raise Found(FileFault.ELSEWHERE)


def _judge_link(element: str, target: str) -> None:
    if _SCRIPT.match(target):
        raise Found(FileFault.MACROS)
    if element not in _LINK_ELEMENTS and is_elsewhere(target):
        raise Found(FileFault.ELSEWHERE)


def _simple_field(instruction: str) -> FileFault | None:
    fields = Fields()
    fields.instruction(instruction)
    return fields.rest()


def _is_on(value: str | None) -> bool:
    return (value or "").strip().lower() in ("1", "true", "on")


def _raise(finding: FileFault | None) -> None:
    if finding is not None:
        raise Found(finding)
