"""What people read about a file that is not taken: what it is, and what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from files.reading.found import FileFault, Found
from files.wording.kinds import ACCEPTED_IN_WORDS

NOT_ACCEPTED = _("This is not a file of an accepted type: %(types)s")
TOO_MUCH = _(
    "The file is too complicated to be looked through: it would take more time or memory than one "
    "file may. Make it smaller or simpler, or print it to PDF, and upload the new file."
)
_TOO_MANY_PIXELS = _("The picture has too many pixels. Make it smaller, and upload it again.")
_PIXELS = _(
    "The picture has %(width)s × %(height)s pixels, which is too many. Make it smaller, and "
    "upload it again."
)
_SENTENCES: dict[FileFault, Promise] = {
    FileFault.UNKNOWN: _(
        "The content of this file is not what its name says, so it is not a file of an accepted "
        "type: %(types)s"
    ),
    FileFault.DAMAGED: _(
        "The file is damaged and cannot be read. Look whether it opens on your computer, save it "
        "again, and upload the new file."
    ),
    FileFault.LOCKED: _(
        "The file is locked with a password. Save it without one, and upload the new file."
    ),
    FileFault.BOMB: _(
        "The file unpacks to far more than its size, as a ZIP bomb does. Save it as PDF, and "
        "upload that."
    ),
    FileFault.MACROS: _(
        "The file holds macros. Save it as .docx, .xlsx or PDF (without macros), and upload the "
        "new file."
    ),
    FileFault.PROGRAMS: _(
        "The file has a program or another document embedded. Take it out, or save the file as "
        "PDF, and upload the new file."
    ),
    FileFault.ARCHIVE: _(
        "The file has an archive inside (ZIP or the like). Take it out, or save the file as PDF, "
        "and upload the new file."
    ),
    FileFault.ELSEWHERE: _(
        "The file loads a picture, a template or another file from elsewhere when it is opened or "
        "updated. Save it as PDF, and upload that."
    ),
    FileFault.PDF_DAMAGED: _(
        "The PDF is damaged and cannot be read. Look whether it opens on your computer, print it "
        "to PDF, and upload the new file."
    ),
    FileFault.PDF_CUT: _(
        "The end of the PDF is missing. It may have been cut when it was copied: upload it again "
        "from where you first saved it."
    ),
    FileFault.PDF_LOCKED: _(
        "The PDF is locked with a password. Save it without one, or print it to PDF, and upload "
        "the new file."
    ),
    FileFault.PDF_SCRIPT: _(
        "The PDF holds a script (JavaScript). Print it to PDF, or save it as PDF/A, and upload "
        "the new file."
    ),
    FileFault.PDF_PROGRAM: _(
        "The PDF would start a program when it is opened. Print it to PDF, or save it as PDF/A, "
        "and upload the new file."
    ),
    FileFault.PDF_FILES: _(
        "The PDF has other files inside. Upload these one by one, and print the PDF itself to "
        "PDF. (Only the data of an electronic invoice may be inside, such as Factur-X.)"
    ),
    FileFault.PDF_XFA: _(
        "The PDF is a form that works in one program only (XFA). Fill it in, print it to PDF, and "
        "upload the new file."
    ),
    FileFault.PDF_ACTS: _(
        "The PDF holds film, sound or something else that acts by itself. Print it to PDF, or "
        "save it as PDF/A, and upload the new file."
    ),
    FileFault.PDF_ELSEWHERE: _(
        "The PDF would open a web page or another file by itself when it is opened. Print it to "
        "PDF, and upload the new file."
    ),
    FileFault.PDF_BOMB: _(
        "What is drawn in the PDF unpacks to far more than its size. Print it to PDF, and upload "
        "the new file."
    ),
    FileFault.PICTURE_DAMAGED: _(
        "The picture is damaged and cannot be shown. Look whether it opens on your computer, save "
        "it again, and upload the new file."
    ),
    FileFault.PICTURE_PIXELS: _TOO_MANY_PIXELS,
}


def sentence(found: Found) -> str:
    """The sentence for what was found, in the language of who reads it."""
    if found.finding is FileFault.PICTURE_PIXELS and "width" in found.facts:
        return str(_PIXELS) % found.facts
    return str(_SENTENCES[found.finding]) % {"types": ACCEPTED_IN_WORDS}
