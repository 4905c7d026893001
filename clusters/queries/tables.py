"""Reading a table that somebody uploaded, CSV or Excel, into rows of text."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO
from typing import BinaryIO, cast
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZipFile

import python_calamine
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from clusters.rules.encodings import Letters, Lost, Unsure, decoded
from conduct.actions import Refused
from files.actions.inspection import content_type_of, inspect_upload, require_size
from files.actions.scanning import require_clean
from files.rules.names import safe_name
from files.wording.kinds import XLSX

MOST_BYTES = 2 * 1024**2
MOST_ROWS = 5000
# Beyond this nobody's list of members reaches; a cell out there would fill the memory.
_LAST_COLUMN = 100
_LAST_ROW = 20_000
_ZIP = b"PK\x03\x04"
_BINARY = (
    b"%PDF",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"{\\rtf",
)
_CELL = re.compile(r"([A-Z]{0,4})([0-9]{1,8})")
_UNREADABLE = (python_calamine.CalamineError, OSError, ValueError, IndexError)


class TwoWays(Refused):
    """A text file whose letters can be French or Arabic; its sentence asks who wrote it."""


def read_table(upload: UploadedFile, letters: Letters | None = None) -> list[list[str]]:
    """The rows of the first sheet, or of the CSV file, each cell as stripped text.

    Raises Refused with a sentence when the file is empty, too large, of another kind by its
    content, damaged, or a bomb; TwoWays when nobody said in which `letters` it is and it matters.
    """
    require_size(upload.size or 0, MOST_BYTES)
    upload.seek(0)
    head = upload.read(8)
    upload.seek(0)
    rows = _excel_rows(upload) if head.startswith(_ZIP) else _text_rows(upload, head, letters)
    filled = [row for row in rows if any(row)]
    if len(filled) > MOST_ROWS + 1:
        raise Refused(
            _("The list has %(number)s rows; at most %(limit)s are read at once. Split it.")
            % {"number": len(filled) - 1, "limit": MOST_ROWS}
        )
    if len(filled) < 2:
        raise Refused(_("The list is empty: it needs a row of headings and a row below it."))
    return rows


def file_name_of(upload: UploadedFile) -> str:
    """The name of the file without its folder, as it may be shown."""
    return safe_name(upload.name or "")[:200]


def excel_workbook(
    upload: UploadedFile, *, max_size: int, formulas: bool = True
) -> python_calamine.CalamineWorkbook:
    """An uploaded .xlsx, ready to be read.

    Raises Refused when it is something else by its content, larger than `max_size` bytes, damaged,
    a bomb, with macros or programs inside, or with `formulas` where those are not welcome.
    """
    require_size(upload.size or 0, max_size)
    if content_type_of(cast(BinaryIO, upload)) != XLSX.content_type:
        raise Refused(_("This is no Excel workbook (.xlsx), by its content."))
    inspect_upload(upload, max_size=max_size)
    upload.seek(0)
    content = upload.read()
    if _look_through(BytesIO(content), formulas=formulas):
        content = _with_errors_as_text(content)
    try:
        return python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
    except _UNREADABLE as error:
        raise Refused(_unreadable()) from error


def sheet_rows(workbook: python_calamine.CalamineWorkbook, name: str) -> list[list[str]]:
    """The cells of the sheet called `name` as stripped text, from its first row and column on.

    Raises Refused when it is missing or cannot be read.
    """
    if name not in workbook.sheet_names:
        raise Refused(_("The sheet “%(name)s” is missing from the workbook.") % {"name": name})
    try:
        return _rows(workbook.get_sheet_by_name(name))
    except _UNREADABLE as error:
        raise Refused(_unreadable()) from error


def _excel_rows(upload: UploadedFile) -> list[list[str]]:
    if content_type_of(cast(BinaryIO, upload)) != XLSX.content_type:
        raise Refused(_wrong_kind())
    workbook = excel_workbook(upload, max_size=MOST_BYTES)
    try:
        return _rows(workbook.get_sheet_by_index(0))
    except _UNREADABLE as error:
        raise Refused(_unreadable()) from error


def _rows(sheet: python_calamine.CalamineSheet) -> list[list[str]]:
    found = sheet.to_python(skip_empty_area=False)
    return _require_letters([[_cell(value) for value in row] for row in found])


def _look_through(file: BinaryIO, *, formulas: bool) -> bool:
    """Refuse what the reader would not bear or not tell: cells far out, and unwelcome formulas.

    Returns whether a cell holds an error, such as #N/A.
    """
    look = _SheetReader(formulas=formulas)
    with ZipFile(file) as archive:
        for name in archive.namelist():
            if name.lower().endswith(".xml"):
                parser = expat.ParserCreate()
                parser.StartElementHandler = look
                try:
                    with archive.open(name) as part:
                        parser.ParseFile(part)
                except expat.ExpatError as error:
                    raise Refused(
                        _("The workbook is damaged. Save it again, and upload the new file.")
                    ) from error
    return look.errors


# The reader leaves out what a spreadsheet could not compute; as a text it is told beside its row.
_ERROR_CELL = re.compile(rb"""(<(?:\w+:)?c\b[^<>]*?\st=)(["'])e\2""")


def _with_errors_as_text(content: bytes) -> bytes:
    kept = BytesIO()
    with ZipFile(BytesIO(content)) as archive, ZipFile(kept, "w", ZIP_DEFLATED) as copy:
        for part in archive.infolist():
            inside = archive.read(part)
            if part.filename.lower().endswith(".xml"):
                inside = _ERROR_CELL.sub(rb'\1"str"', inside)
            copy.writestr(part.filename, inside)
    return kept.getvalue()


class _SheetReader:
    """Looks at each element of a sheet, and refuses it by the cell in which it stands."""

    def __init__(self, *, formulas: bool) -> None:
        self.formulas, self.cell, self.errors = formulas, "", False

    def __call__(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "c" and "r" in attributes:
            self.cell = attributes["r"][:20]
            self.errors |= attributes.get("t") == "e"
        elif kind in ("v", "is") and self.cell:
            # A cell that is coloured and empty is nothing to the reader, however far out.
            self._require_near()
        elif kind == "f" and not self.formulas:
            raise Refused(
                _(
                    "The cell %(cell)s holds a formula. Write the number or the text itself, and "
                    "upload the file again."
                )
                % {"cell": self.cell}
            )

    def _require_near(self) -> None:
        """The reader makes room for every cell up to the last one."""
        found = _CELL.fullmatch(self.cell.upper())
        if not found or int(found[2]) > _LAST_ROW or _column(found[1]) > _LAST_COLUMN:
            raise Refused(
                _(
                    "A cell stands very far out in the sheet (%(cell)s). Copy the list into a new "
                    "sheet, and upload that."
                )
                % {"cell": self.cell}
            )


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _cell(value: object) -> str:
    """A cell as text: whole numbers without a decimal point, since years come as floats.

    Without the character zero, which a workbook can spell and the database cannot keep.
    """
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\x00", "").strip()


def _text_rows(upload: UploadedFile, head: bytes, letters: Letters | None) -> list[list[str]]:
    content = upload.read()
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if head.startswith(_BINARY) or (b"\x00" in content and not is_utf16):
        raise Refused(_wrong_kind())
    upload.seek(0)
    require_clean(cast(BinaryIO, upload))
    text = _decoded(content, letters)
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
        return [[cell.strip() for cell in row] for row in reader]
    except csv.Error as error:
        raise Refused(
            _("The file cannot be read as CSV. Save it as “CSV UTF-8” or .xlsx, and upload that.")
        ) from error


def _decoded(content: bytes, letters: Letters | None) -> str:
    try:
        return decoded(content, letters)
    except Unsure as unsure:
        raise TwoWays(
            _(
                "The letters of this file can be read in two ways: “%(french)s” or “%(arabic)s”. "
                "Choose below which is right, and upload it again."
            )
            % {"french": unsure.french[:40], "arabic": unsure.arabic[:40]}
        ) from unsure
    except Lost as lost:
        raise Refused(_lost(str(lost))) from lost


def _require_letters(rows: list[list[str]]) -> list[list[str]]:
    """The rows, unless a letter was lost before they came here."""
    for row in rows:
        for cell in row:
            if "\ufffd" in cell:
                raise Refused(_lost(cell))
    return rows


def _lost(around: str) -> str:
    return _(
        "Letters were lost when this file was saved: “%(around)s”. Save it again as “CSV UTF-8” or "
        ".xlsx, and upload that."
    ) % {"around": around[:60]}


def _delimiter(text: str) -> str:
    """What is between the headings; a first line `sep=;` is Excel's own way to say so."""
    first = text.lstrip("\r\n").partition("\n")[0]
    return max(";,\t", key=first.count)


def _wrong_kind() -> str:
    return _("This is neither a CSV file nor an Excel workbook (.xlsx), by its content.")


def _unreadable() -> str:
    return _("The workbook cannot be read. Save it again as .xlsx, and upload that.")
