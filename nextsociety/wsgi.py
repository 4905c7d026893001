"""The WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

from .garbage import while_loading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextsociety.settings")

with while_loading():
    application = get_wsgi_application()
