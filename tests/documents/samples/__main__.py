"""Write every letter as a PDF into a folder: `python -m tests.documents.samples FOLDER`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.documents.samples import FACTS, sample_document


def main(folder: Path) -> None:
    """Write every letter in every language to `folder`."""
    from documents.rendering.pdf import render

    folder.mkdir(parents=True, exist_ok=True)
    for kind in FACTS:
        for language in ("en", "fr", "ar"):
            rendered = render(sample_document(kind, language))
            (folder / f"{kind}-{language}.pdf").write_bytes(rendered.content)
            print(kind, language, rendered.pages, "pages")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextsociety.settings")
    import django

    django.setup()
    main(Path(sys.argv[1]))
