"""Every setting of the portal, read from the environment.

In production SECRET_KEY, ALLOWED_HOSTS, SITE_URL, DATABASE_URL, REDIS_URL, EMAIL_HOST and
DEFAULT_FROM_EMAIL must be set; the portal refuses to start without them. With DEMO=1 (or in the
tests) the embedded engines and throw-away values serve instead, and `.env` is not read: what is meant
for production (its mail server above all) never reaches a demonstration.
"""

from .background import *
from .browsers import *
from .engines import *
from .environment import *
from .files import *
from .languages import *
from .letters import *
from .logs import *
from .mail import *
from .money import *
from .people import *
from .portal import *
