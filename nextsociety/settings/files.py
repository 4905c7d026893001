"""Files: those of the pages, and the private ones that people upload."""

from pathlib import Path

from environs import validate
from whitenoise.compress import Compressor

from .environment import BASE_DIR, DATA_DIR, DEBUG, TESTING, env

STATIC_URL = "static/"
# What was collected for a deployment may be old: the tests serve the sources.
STATIC_ROOT = DATA_DIR / "never-collected" if TESTING else BASE_DIR / "staticfiles"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    # From npm, served as they are.
    ("vendor/bootstrap", BASE_DIR / "node_modules" / "bootstrap" / "dist"),
    ("vendor/htmx", BASE_DIR / "node_modules" / "htmx.org" / "dist"),
    ("vendor/idiomorph", BASE_DIR / "node_modules" / "idiomorph" / "dist"),
    ("vendor/tus", BASE_DIR / "node_modules" / "tus-js-client" / "dist"),
]
STORAGES = {
    "default": {"BACKEND": "files.actions.storing.WholeFileStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "nextsociety.static_storage.HashedStaticFilesStorage"
    },
}
# Maps are for whoever debugs a script; compressing them takes most of the time of collecting.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING or DEBUG
# Private: nothing below is ever served by URL, only through a view that checks who asks.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(DATA_DIR / "files")))
# Small files of forms wait in memory, larger ones in the system's temporary folder.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "files.views.receiving.SparingFileHandler",
]
# Where files lie while they arrive piece by piece; below MEDIA_ROOT unless said otherwise.
UPLOAD_ROOT = env.str("UPLOAD_ROOT", "")
# In bytes. No call, claim or form takes a larger file, whatever it says itself.
MAX_UPLOAD_SIZE = env.int("MAX_UPLOAD_SIZE", 50 * 1024 * 1024)
# With less room left than this, coordinators and administrators are told on their desks.
LOW_DISK_MB = env.int("LOW_DISK_MB", 2048)
# The folder of a proxy that sends private files for us, such as /private/; empty: we send them.
X_ACCEL_REDIRECT_PREFIX = env.str("X_ACCEL_REDIRECT_PREFIX", "")
# The virus scanner: tcp://host:port or unix:///path. Without it nothing is scanned.
CLAMD_URL = env.str("CLAMD_URL", "")
CLAMD_TIMEOUT = env.int("CLAMD_TIMEOUT", 30)
# What becomes of a file while the scanner does not answer: "refuse" it, or "hold" it until it does.
CLAMD_WHEN_AWAY = env.str("CLAMD_WHEN_AWAY", "refuse", validate=validate.OneOf(["refuse", "hold"]))
