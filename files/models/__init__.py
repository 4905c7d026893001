"""Files: on their way in, kept with a record, and pictures of them."""

from .kept import KEPT, KeptFile
from .previews import Preview
from .uploads import Upload, upload_folder

__all__ = ["KEPT", "KeptFile", "Preview", "Upload", "upload_folder"]
