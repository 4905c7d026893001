#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys

from django.core.management import execute_from_command_line

from nextsociety.embedded import EngineFailed
from nextsociety.garbage import look_less_often

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextsociety.settings")
    look_less_often()
    try:
        execute_from_command_line(sys.argv)
    except EngineFailed as error:
        sys.exit(f"\n{error}\n")
