"""Files that come whole with a plain form, while there may be no room for them."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from conduct.actions.space import lacks_space, note_no_space
from files.actions.refusals import NotKept


class UnkeptFile(UploadedFile):
    """A file of a form for which there was no room; whoever asks how large it is, is told so.

    Django's own fields ask, and show the sentence beside themselves: what was typed is there
    again. Others read it as the refusal that it is.
    """

    def __init__(self, name: str | None) -> None:
        super().__init__(BytesIO(), name)

    @property
    def size(self) -> int:
        raise NotKept

    @size.setter
    def size(self, _size: object) -> None:
        pass


class SparingFileHandler(TemporaryFileUploadHandler):
    """Puts a large file of a form on the disk; where that is full, the form's other fields arrive."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.lacks_space = False
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._give_up(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.lacks_space:
            return
        try:
            self.file.write(raw_data)
        except OSError as error:
            self._give_up(error)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if not self.lacks_space:
            try:
                # Writes what is still on its way to the disk.
                return super().file_complete(file_size)
            except OSError as error:
                self._give_up(error)
        return UnkeptFile(self.file_name)

    def _give_up(self, error: OSError) -> None:
        if not lacks_space(error):
            raise error
        note_no_space(error)
        self.lacks_space = True
        # What was written goes with the file; closing it may fail for the same reason.
        if getattr(self, "file", None) is not None:
            with suppress(OSError):
                self.file.close()
