"""Forms in Adobe's own language (XFA) inside a PDF.

A ministry's form often holds both: its pages with fields that every program fills in, and the same
again as XFA. That one is taken where nothing in it runs; a form that is XFA only shows nothing but
"Please wait" outside Adobe's programs.
"""

from __future__ import annotations

import re

import pikepdf

from files.reading.found import FileFault

_MOST_BYTES = 30 * 1024**2
_RUNS = re.compile(
    rb"<(?:[\w.-]+:)?(?:script|submit|execute|soapAddress|signData)\b", re.IGNORECASE
)


def finding_in_form(holder: pikepdf.Object, *, is_drawn_by_it: bool) -> FileFault | None:
    """What is amiss with the XFA of a form; None for a form that works without it, or for no form.

    `is_drawn_by_it` says that the PDF leaves its pages to the XFA (/NeedsRendering).
    """
    form = holder["/XFA"]
    packets = list(form) if isinstance(form, pikepdf.Array) else [form]
    streams = [packet for packet in packets if isinstance(packet, pikepdf.Stream)]
    fields = holder.get("/Fields")
    if not streams:
        # A resource may be called so, and a reader ignores a form without content.
        return None
    has_fields = isinstance(fields, pikepdf.Array) and len(fields) > 0
    if is_drawn_by_it or not has_fields or _may_run(streams):
        return FileFault.PDF_XFA
    return None


def _may_run(streams: list[pikepdf.Stream]) -> bool:
    size = 0
    text = b""
    for stream in streams:
        try:
            content = stream.read_bytes()
        except pikepdf.PikepdfError:
            return True
        size += len(content)
        # One document, cut into packets anywhere.
        text = text[-200:] + content.replace(b"\x00", b"")
        if size > _MOST_BYTES or _RUNS.search(text):
            return True
    return False
