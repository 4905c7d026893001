"""What a letter costs: rendered, sealed, and in memory, beside a bare loop that calls WeasyPrint.

    TESTING=1 .venv/bin/python -m benchmarks.documents [--letters 100] [--kind acknowledgement]

Processor time, so that what else runs on the machine counts little. The bare loop lays out and writes
the same HTML with stylesheet and fonts parsed once, and does nothing else: no template, no mending, no
copy for the archive. Nothing is asserted; docs/performance.md has the figures.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextsociety.settings")
    django.setup()
    options = _options()
    print(f"{options.letters} times {options.kind}, processor time of one (ms)")
    for language in ("en", "ar"):
        _measure(options.kind, language, options.letters)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=100)
    parser.add_argument("--kind", default="acknowledgement")
    return parser.parse_args()


def _measure(kind: str, language: str, letters: int) -> None:
    from weasyprint import HTML

    from documents.rendering import pdf
    from documents.sealing.sealing import sealed
    from tests.documents.samples import sample_document

    document = sample_document(kind, language)
    html, key = pdf.letter_html(document), _key()

    def bare() -> None:
        stylesheet, _closer, fonts = pdf.look()
        page = HTML(string=html, url_fetcher=pdf.OwnFilesOnly())
        laid_out = page.render(stylesheets=[stylesheet], font_config=fonts, pdf_variant="pdf/ua-1")
        laid_out.write_pdf(pdf_identifier=document.pk.bytes, pdf_variant="pdf/ua-1")

    content = pdf.render(document).content
    sealed(content, key, said="Seal")
    loop = _each(bare, letters)
    before = _memory()
    rendered = _each(lambda: pdf.render(document), letters)
    grown = _memory() - before
    sealing = _each(lambda: sealed(content, key, said="Seal"), letters)
    print(
        f"{language}: bare loop {loop:.0f}, rendered {rendered:.0f} ({loop / rendered:.2f} of the"
        f" bare loop's speed), sealed {sealing:.0f}; memory {_memory():.0f} MB at most, {grown:.0f}"
        f" MB more after {letters}"
    )


def _each(work: Callable[[], object], times: int) -> float:
    """Processor time of one, in ms."""
    began = time.process_time()
    for _number in range(times):
        work()
    return (time.process_time() - began) * 1000 / times


def _memory() -> float:
    """The most that this process has held (MB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _key():
    from django.conf import settings

    from documents.sealing.keys import sealing_key
    from documents.sealing.self_made import make_certificate

    with tempfile.TemporaryDirectory() as folder:
        settings.SEAL_CERTIFICATE = str(Path(folder) / "seal.p12")
        make_certificate(Path(settings.SEAL_CERTIFICATE), "Benchmark")
        return sealing_key()


if __name__ == "__main__":
    main()
