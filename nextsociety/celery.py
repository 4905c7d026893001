"""The Celery application that worker, beat and web share."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextsociety.settings")

app = Celery("nextsociety")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
