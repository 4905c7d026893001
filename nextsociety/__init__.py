"""The frame: settings, URLs, Celery, WSGI and the embedded engines. Nothing of the domain."""

from .celery import app as celery_app

__all__ = ["celery_app"]
