"""The Celery application that worker, beat and web share."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextsociety.settings")

app = Celery("nextsociety")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# The rooms of one app that have background work.
app.autodiscover_tasks(
    ["vouchers.awards", "vouchers.correspondence", "vouchers.eligibility", "vouchers.scoring"]
)


@app.task(name="nextsociety.heartbeat", expires=60)
def heartbeat() -> None:
    """Leave a sign of life, sent by beat and written by a worker."""
    from .health import note_heartbeat

    note_heartbeat()
