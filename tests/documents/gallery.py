"""Every kind of letter in every language as it comes out, each file checked: `make gallery`.

    python -m tests.documents.gallery FOLDER

Writes the sealed PDF and the copy for the archive of each, and index.html. Fails where a letter is not
PDF/UA-1, a copy not PDF/A-3u, or a seal not whole and of the certificate that was made for it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

LANGUAGES = ("en", "fr", "ar")


def main(folder: Path) -> int:
    """Make the gallery; how many files are not as they must be."""
    from django.conf import settings

    from documents.kinds import every_kind
    from documents.sealing.self_made import make_certificate

    folder.mkdir(parents=True, exist_ok=True)
    rows, wrong = [], 0
    with tempfile.TemporaryDirectory() as place:
        settings.SEAL_CERTIFICATE = str(Path(place) / "seal.p12")
        make_certificate(Path(settings.SEAL_CERTIFICATE), "Gallery of letters (not a real seal)")
        for kind in every_kind():
            cells = []
            for language in LANGUAGES:
                name, pages, faults = _made(kind.slug, language, folder)
                print(f"{name}: {pages} pages, {'; '.join(faults) or 'as it must be'}")
                wrong += len(faults)
                cells.append(_cell(folder, name, language, pages, faults))
            rows.append(f"<tr><th scope=row>{escape(str(kind.title))}</th>{''.join(cells)}</tr>")
    (folder / "index.html").write_text(_PAGE.format(rows="\n".join(rows)))
    print(f"{folder / 'index.html'}: {wrong} faults")
    return wrong


def _made(kind: str, language: str, folder: Path) -> tuple[str, int, list[str]]:
    """Write the files of one letter; their name, the number of pages, what is wrong with them."""
    from documents.rendering.pdf import render
    from documents.sealing.keys import sealing_key
    from documents.sealing.sealing import sealed
    from tests.documents.checking import PDF_A, PDF_UA, failures
    from tests.documents.samples import sample_document

    document, name = sample_document(kind, language), f"{kind}-{language}"
    rendered = render(document)
    content, faults = rendered.content, []
    if document.proves:
        content = sealed(content, sealing_key(), said="Seal")
        faults += _faults_of_seal(content)
        (folder / f"{name}-PDFA.pdf").write_bytes(rendered.archive)
        faults += failures(rendered.archive, PDF_A)
    faults += failures(content, PDF_UA)
    (folder / f"{name}.pdf").write_bytes(content)
    return name, rendered.pages, faults


def _faults_of_seal(content: bytes) -> Iterator[str]:
    from django.conf import settings

    from tests.documents.checking import seals_of

    seals = seals_of(content, trusted=Path(settings.SEAL_CERTIFICATE))
    if len(seals) != 1:
        yield f"{len(seals)} seals"
    yield from (one.pretty_print_details() for one in seals if not one.bottom_line)


def _cell(folder: Path, name: str, language: str, pages: int, faults: list[str]) -> str:
    archive = f"{name}-PDFA.pdf"
    link = f' · <a href="{archive}">PDF/A</a>' if (folder / archive).exists() else ""
    return (
        f'<td><a href="{name}.pdf">{language}</a>{link} · {pages} p.'
        f"{''.join(f'<br><strong>{escape(fault)}</strong>' for fault in faults)}</td>"
    )


_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Letters of the portal</title>
<style>body {{ font: 16px/1.5 sans-serif; margin: 2rem }} td, th {{ padding: .3rem 1rem }}
th {{ text-align: start }} tr:nth-child(even) {{ background: #eff3fb }}
strong {{ color: #b00020 }}</style>
<h1>Letters of the portal</h1>
<p>Every kind in three languages, of made-up facts, with a seal that is not a real one.</p>
<table>{rows}</table></html>
"""


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextsociety.settings")
    import django

    django.setup()
    sys.exit(bool(main(Path(sys.argv[1]))))
