"""Work in the background: queues, limits, and what happens when Redis or a worker dies."""

from nextsociety import queues

from .engines import REDIS_URL
from .environment import env

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_QUEUES = queues.declared()
CELERY_TASK_DEFAULT_QUEUE = "clock"
CELERY_TASK_ROUTES = queues.routes()
CELERY_TASK_ANNOTATIONS = queues.limits()
# For a task of a package, should one ever be queued; ours have limits of their own.
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
# A worker takes what it can work on, and leaves the rest to the others of its queue.
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# A process that has grown, or has done much, is followed by a fresh one after its task.
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_MAX_MEMORY_PER_CHILD = env.int("WORKER_MEMORY_MB", 512) * 1024
# No task may take more than this: it fails by itself, and the machine does not stand still.
WORKER_MEMORY_LIMIT_MB = env.int("WORKER_MEMORY_LIMIT_MB", 2048)
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# However long Redis is away, its workers come back to it.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BEAT_SCHEDULE = queues.schedule()
# With Redis away a click must not hang: the rows are there, and the sweepers queue them later.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    # A task that a dead worker took comes back after this; never while it may still be running.
    "visibility_timeout": queues.longest() + 600,
    # What somebody waits for goes before what nobody reads yet (documents.models.Document.Priority).
    "priority_steps": list(queues.PRIORITIES),
}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
