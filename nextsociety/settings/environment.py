"""What every other setting goes by: where this process runs, as what, and reading its variables."""

import sys
import zoneinfo
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env

# The machine's own time zones may be years old (Morocco left its summer time in 2026): every process
# reads those of the package tzdata, which is locked and tested with the rest.
zoneinfo.reset_tzpath(to=())
zoneinfo.ZoneInfo.clear_cache()

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = Env()
TESTING = "pytest" in sys.modules or env.bool("TESTING", False)
DEMO = env.bool("DEMO", False) and not TESTING
PRODUCTION = not (DEMO or TESTING)
if PRODUCTION:
    env.read_env(str(BASE_DIR / ".env"), override=False)
DEBUG = env.bool("DEBUG", False)
if DEBUG and PRODUCTION:
    raise ImproperlyConfigured(
        "DEBUG=1 shows secrets to whoever meets an error: it is for the demonstration and the tests, "
        "together with DEMO=1 or TESTING=1."
    )

DATA_DIR = Path(env.str("NEXTSOCIETY_DATA", str(BASE_DIR / ".data"))).resolve()


def required_in_production(name: str, fallback: str) -> str:
    """The variable `name`; outside production `fallback` serves where it is not set."""
    value = env.str(name, "")
    if value:
        return value
    if PRODUCTION:
        raise ImproperlyConfigured(f"Set the environment variable {name} (see docs/deployment.md).")
    return fallback
