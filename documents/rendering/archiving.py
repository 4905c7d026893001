"""The copy of a letter for an archive: PDF/A-3u, with its facts as data within.

Made of the rendered file itself, so that both show the same. Archives of the Union and its members ask
for PDF/A; and whoever opens it in thirty years reads the facts by program as well.
"""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import weasyprint.pdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf, String

FACTS_FILE = "facts.json"


def archived(pdf: Pdf, facts: dict[str, Any]) -> bytes:
    """The open PDF as PDF/A-3u with its facts attached; it is changed by that.

    The same PDF and facts give the same bytes.
    """
    _state_colours(pdf)
    content = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True).encode()
    pdf.attachments[FACTS_FILE] = AttachedFileSpec(
        pdf,
        content,
        description="Facts of the document",
        filename=FACTS_FILE,
        mime_type="application/json",
        relationship=Name.Data,
    )
    pdf.Root.AF = Array([pdf.attachments[FACTS_FILE].obj])
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        # PDF/A knows no such entry unless its whole scheme is repeated.
        del metadata["pdfuaid:part"]
        metadata["pdfaid:part"] = "3"
        metadata["pdfaid:conformance"] = "U"
    written = BytesIO()
    pdf.save(written, deterministic_id=True)
    return written.getvalue()


def attached_facts(content: bytes) -> dict[str, Any]:
    """The facts within an archive copy."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return json.loads(pdf.attachments[FACTS_FILE].get_file().read_bytes())


def _state_colours(pdf: Pdf) -> None:
    profile = pdf.make_stream(_srgb())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


@cache
def _srgb() -> bytes:
    return (Path(weasyprint.pdf.__file__).parent / "sRGB2014.icc").read_bytes()
