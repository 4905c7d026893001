"""Reading a table that somebody uploaded, CSV or Excel, into rows of text."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO
from typing import BinaryIO, cast
from xml.parsers import expat
from zipfile import ZipFile

import python_calamine
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from files.inspection import inspect_upload, require_size
from files.kinds import XLSX
from files.names import safe_name
from files.office import office_kind
from files.scanning import require_clean
from records.acting import Refused

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
_ARABIC_WORD = re.compile(r"[\u0621-\u064a]{2}")
_CELL = re.compile(r"([A-Z]{0,4})([0-9]{1,8})")


def read_table(upload: UploadedFile) -> list[list[str]]:
    """The rows of the first sheet, or of the CSV file, each cell as stripped text.

    Raises Refused with a sentence when the file is empty, too large, of another kind by its
    content, damaged, or a bomb.
    """
    require_size(upload.size or 0, MOST_BYTES)
    upload.seek(0)
    head = upload.read(8)
    upload.seek(0)
    rows = _excel_rows(upload) if head.startswith(_ZIP) else _text_rows(upload, head)
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


def _excel_rows(upload: UploadedFile) -> list[list[str]]:
    if office_kind(cast(BinaryIO, upload)) is not XLSX:
        raise Refused(_wrong_kind())
    inspect_upload(upload, max_size=MOST_BYTES)
    upload.seek(0)
    content = upload.read()
    _require_small_sheets(BytesIO(content))
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        sheet = workbook.get_sheet_by_index(0)
        return [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    except (python_calamine.CalamineError, OSError, ValueError, IndexError) as error:
        raise Refused(
            _("The workbook cannot be read. Save it again as .xlsx or .csv, and upload that.")
        ) from error


def _require_small_sheets(file: BinaryIO) -> None:
    """Refuse a sheet with a cell far out: the reader makes room for every cell up to the last."""
    with ZipFile(file) as archive:
        for name in archive.namelist():
            if name.lower().endswith(".xml"):
                parser = expat.ParserCreate()
                parser.StartElementHandler = _look_at_place
                try:
                    with archive.open(name) as part:
                        parser.ParseFile(part)
                except expat.ExpatError as error:
                    raise Refused(
                        _("The workbook is damaged. Save it again, and upload the new file.")
                    ) from error


def _look_at_place(tag: str, attributes: dict[str, str]) -> None:
    if tag.rpartition(":")[2] not in ("c", "row") or "r" not in attributes:
        return
    found = _CELL.fullmatch(attributes["r"].upper())
    if not found or int(found[2]) > _LAST_ROW or _column(found[1]) > _LAST_COLUMN:
        raise Refused(
            _(
                "A cell stands very far out in the sheet (%(cell)s). Copy the list into a new "
                "sheet, and upload that."
            )
            % {"cell": attributes["r"][:20]}
        )


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _cell(value: object) -> str:
    """A cell as text: whole numbers without a decimal point, since years come as floats."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _text_rows(upload: UploadedFile, head: bytes) -> list[list[str]]:
    content = upload.read()
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if head.startswith(_BINARY) or (b"\x00" in content and not is_utf16):
        raise Refused(_wrong_kind())
    upload.seek(0)
    require_clean(cast(BinaryIO, upload))
    text = _decoded(content)
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
        return [[cell.strip() for cell in row] for row in reader]
    except csv.Error as error:
        raise Refused(
            _("The file cannot be read as CSV. Save it as “CSV UTF-8” or .xlsx, and upload that.")
        ) from error


def _decoded(content: bytes) -> str:
    """The text, in the encodings that Excel writes in the programme's countries.

    Windows-1256 holds the small French letters where Windows-1252 has them; so it is taken where
    Arabic letters stand together, and Windows-1252 otherwise.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        arabic = content.decode("cp1256")
        return arabic if _ARABIC_WORD.search(arabic) else content.decode("cp1252", "replace")


def _delimiter(text: str) -> str:
    """What stands between the headings; a first line `sep=;` is Excel's own way to say so."""
    first = text.lstrip("\r\n").partition("\n")[0]
    return max(";,\t", key=first.count)


def _wrong_kind() -> str:
    return _("This is neither a CSV file nor an Excel workbook (.xlsx), by its content.")
