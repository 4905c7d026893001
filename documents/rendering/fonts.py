"""The letters' fonts: IBM Plex, unpacked once from the web fonts of npm.

WeasyPrint would unpack a woff2 file at each parse, so set-up writes plain TrueType files:
`python -m documents.rendering.fonts`. They lie below node_modules, and go and come with it.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "node_modules" / "@fontsource"
FOLDER = ROOT / "node_modules" / ".cache" / "letter-fonts"


@dataclass(frozen=True)
class Face:
    """One file: the family that stylesheets name, its weight, and where npm keeps it."""

    family: str
    package: str
    subset: str
    weight: int

    @property
    def source(self) -> Path:
        name = f"{self.package}-{self.subset}-{self.weight}-normal.woff2"
        return SOURCE / self.package / "files" / name

    @property
    def file(self) -> Path:
        return FOLDER / f"{self.source.stem}.ttf"

    @property
    def rule(self) -> str:
        """The @font-face rule that makes the file known to a stylesheet."""
        return (
            f'@font-face {{ font-family: "{self.family}"; font-weight: {self.weight}; '
            f'src: url("{self.file.as_uri()}") format("truetype"); }}'
        )


# The web fonts come in subsets; each is a family, and a stylesheet lists them one after the other.
FACES = [
    Face(family, package, subset, weight)
    for family, package, subset in (
        ("Plex", "ibm-plex-sans", "latin"),
        ("Plex Extended", "ibm-plex-sans", "latin-ext"),
        ("Plex Arabic", "ibm-plex-sans-arabic", "arabic"),
    )
    for weight in (400, 600)
]


def make_fonts(*, anew: bool = False) -> list[Path]:
    """Write the files that are missing (all of them if `anew`); which ones were written.

    Raises FileNotFoundError, naming the package, when the front-end packages are not installed.
    """
    written = []
    for face in FACES:
        if face.file.exists() and not anew:
            continue
        if not face.source.exists():
            raise FileNotFoundError(
                f"{face.source} is missing: install the front-end packages (npm ci)."
            )
        _unpack(face.source, face.file)
        written.append(face.file)
    return written


def font_face_rules() -> str:
    """The @font-face rules of all faces; files that are missing are made first."""
    make_fonts()
    return "\n".join(face.rule for face in FACES)


def _unpack(source: Path, target: Path) -> None:
    """Write `target` whole or not at all: several workers may start at the same instant."""
    target.parent.mkdir(parents=True, exist_ok=True)
    # The file's own date is kept, so that the same package makes the same bytes.
    font = TTFont(source, recalcTimestamp=False)
    font.flavor = None
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".draft")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            font.save(file)
        draft.chmod(0o644)
        draft.replace(target)
    finally:
        # A full disk gets no fuller with each letter that is tried again.
        draft.unlink(missing_ok=True)


if __name__ == "__main__":
    made = make_fonts(anew=True)
    print(f"{len(made)} fonts in {FOLDER}")
