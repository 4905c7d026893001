"""The servers of DATABASE_URL and REDIS_URL, or the embedded ones; the caches."""

from nextsociety import caching, embedded, variables

from .environment import DATA_DIR, PRODUCTION, TESTING, env, required_in_production

DATABASE_URL = env.str("DATABASE_URL", "")
# The role that owns the tables; only what changes them (`migrate`) needs it.
MIGRATION_DATABASE_URL = env.str("MIGRATION_DATABASE_URL", "")
REDIS_URL = env.str("REDIS_URL", "")
if PRODUCTION:
    DATABASE_URL = required_in_production("DATABASE_URL", "")
    REDIS_URL = required_in_production("REDIS_URL", "")
if not DATABASE_URL:
    DATABASE_URL = embedded.database_url(DATA_DIR)
    MIGRATION_DATABASE_URL = embedded.owner_url(DATA_DIR)
if not REDIS_URL:
    REDIS_URL = embedded.redis_url(DATA_DIR)
# Tests that run side by side share a server, not its keys.
_test_worker = env.str("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
REDIS_URL = embedded.redis_database(
    REDIS_URL, env.int("REDIS_DATABASE", int(_test_worker) + 1 if TESTING else 0)
)

DATABASES = {
    "default": variables.database(DATABASE_URL, env.str("DATABASE_PASSWORD", "")),
}
# The same database as its owner: see conduct.models.owning.
OWNER_DATABASE = (
    variables.database(
        MIGRATION_DATABASE_URL,
        env.str("MIGRATION_DATABASE_PASSWORD", ""),
        name="MIGRATION_DATABASE_URL",
    )
    if MIGRATION_DATABASE_URL
    else DATABASES["default"]
)
CACHES = {
    # Redis; while it is away, the spare cache.
    "default": {
        "BACKEND": "nextsociety.caching.SteadyCache",
        "LOCATION": embedded.redis_py_url(REDIS_URL),
        "OPTIONS": dict(caching.CONNECTION),
    },
    # Redis itself, for what tells whether it is there.
    "redis": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": embedded.redis_py_url(REDIS_URL),
        "OPTIONS": dict(caching.CONNECTION),
    },
    caching.SPARE: {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "spare_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
