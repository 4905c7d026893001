"""Languages, and time."""

from .environment import BASE_DIR

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["nextsociety.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
# Where the programme is run: what coordinators type is the time there.
PROGRAMME_TIME_ZONE = "Europe/Brussels"
