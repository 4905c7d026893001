"""The queues of background work: which task waits in which, how long it may run, when beat asks.

Each queue has a worker of its own, so that a slow mail server, a flood of letters or a long study
holds up nothing else. `celery --app nextsociety worker` without `--queues` works through all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kombu import Queue


@dataclass(frozen=True)
class TimeLimits:
    """Seconds after which a task is told to stop (it may tidy up), and after which it is killed."""

    soft: int
    hard: int


@dataclass(frozen=True)
class WorkQueue:
    """One queue: the limits of its tasks, their names, and other limits for some of them."""

    limits: TimeLimits
    tasks: tuple[str, ...]
    others: tuple[tuple[str, TimeLimits], ...] = ()


# Of one queue the lowest are begun first; a task that says nothing is among those.
PRIORITIES = (0, 3, 6, 9)
HEARTBEAT = "nextsociety.heartbeat"
HEARTBEAT_SECONDS = 15

QUEUES = {
    # What happens at its instant, what people wait for and is over in seconds (what is done to several
    # rows goes by turns of ten), and the sweepers that hand out lost work. Always short.
    "clock": WorkQueue(
        TimeLimits(soft=120, hard=150),
        (
            HEARTBEAT,
            "accounts.tasks.tell_of_expired_invitations",
            "bulk.tasks.do_to_each",
            "bulk.tasks.forget_choices",
            "clusters.tasks.tell_of_expired_cluster_invitations",
            "documents.tasks.finish_batches",
            "jobs.tasks.sweep_jobs",
            "notices.tasks.gather_digests",
            "notices.tasks.send_late_letters",
            "reports.tasks.let_reports_fall_due",
            "reports.tasks.tell_of_reports",
            "vouchers.assistance.surveys.tasks.follow_up",
            "vouchers.assistance.workroom.tasks.sweep_work_mails",
            "vouchers.payments.batches.tasks.sweep_payee_mails",
            "vouchers.providers.quotes.tasks.sweep_quote_mails",
            "vouchers.providers.tasks.sweep_untold_providers",
            "vouchers.awards.tasks.close_reserve_lists",
            "vouchers.awards.tasks.fill_vacancies",
            "vouchers.awards.tasks.lapse_awards",
            "vouchers.awards.tasks.publish_selections",
            "vouchers.awards.tasks.remind_of_offers",
            "vouchers.correspondence.tasks.remind_of_deadlines",
            "vouchers.eligibility.tasks.lapse_clarifications",
            "vouchers.eligibility.tasks.sweep_comparisons",
            "vouchers.endings.tasks.carry_out_endings",
            "vouchers.endings.tasks.watch_vouchers",
            "vouchers.payments.receipts.tasks.remind_payees",
            "vouchers.payments.recoveries.tasks.watch_recoveries",
            "vouchers.scoring.assessing.tasks.remind_of_assessments",
            "vouchers.scoring.ranking.tasks.sweep_rankings",
            "vouchers.standing.tasks.judge_vouchers",
            "vouchers.standing.tasks.remind_of_vouchers",
        ),
        # A selection of thousands is published in one transaction, whatever it takes.
        (("vouchers.awards.tasks.publish_selections", TimeLimits(soft=840, hard=900)),),
    ),
    # One message each; the mail server may be slow (EMAIL_TIMEOUT for each of its answers).
    "mail": WorkQueue(
        TimeLimits(soft=90, hard=120),
        (
            "accounts.tasks.mail_invitation",
            "clusters.tasks.mail_cluster_invitation",
            "links.tasks.mail_link_code",
            "notices.tasks.read_bounces",
            "notices.tasks.send_notice",
            "vouchers.assistance.surveys.tasks.mail_survey_link",
            "vouchers.assistance.workroom.tasks.mail_at_work",
            "vouchers.payments.batches.tasks.mail_payee",
            "vouchers.assistance.workroom.tasks.mail_work_link",
            "vouchers.payments.receipts.tasks.mail_receipt_link",
            "vouchers.providers.quotes.tasks.mail_provider",
            "vouchers.providers.quotes.tasks.mail_quote_link",
            "vouchers.providers.tasks.mail_provider_link",
            "vouchers.providers.tasks.tell_provider",
        ),
    ),
    # Letters and reports as PDF, which people wait for.
    "letters": WorkQueue(TimeLimits(soft=240, hard=270), ("documents.tasks.render_document",)),
    # What takes long, or opens files of strangers.
    "heavy": WorkQueue(
        TimeLimits(soft=240, hard=270),
        (
            "files.tasks.make_preview",
            "files.tasks.sweep_uploads",
            "reports.tasks.prepare_report",
            "vouchers.awards.dossiers.tasks.make_dossier",
            "vouchers.awards.proposals.tasks.write_proposal",
            "vouchers.eligibility.tasks.compare_application",
            "vouchers.scoring.ranking.tasks.compute_ranking",
            "vouchers.scoring.reliability.tasks.study_ranking",
            "vouchers.screening.tasks.read_list",
            "vouchers.screening.tasks.screen_payees",
        ),
        (
            ("vouchers.awards.dossiers.tasks.make_dossier", TimeLimits(soft=1740, hard=1800)),
            ("vouchers.awards.proposals.tasks.write_proposal", TimeLimits(soft=840, hard=900)),
            ("vouchers.scoring.reliability.tasks.study_ranking", TimeLimits(soft=1740, hard=1800)),
            # Asks the virus scanner about held files, one after the other.
            ("files.tasks.sweep_uploads", TimeLimits(soft=840, hard=900)),
        ),
    ),
}

# Seconds between two runs. What a sweeper finds waits at most so long after its task was lost.
PERIODIC = {
    "accounts.tasks.tell_of_expired_invitations": 60,
    "bulk.tasks.forget_choices": 3600,
    "clusters.tasks.tell_of_expired_cluster_invitations": 60,
    "files.tasks.sweep_uploads": 60,
    # What is held for a daily e-mail, or until a flood of notices is over.
    "notices.tasks.gather_digests": 60,
    "documents.tasks.finish_batches": 10,
    "jobs.tasks.sweep_jobs": 10,
    # What mail servers report of messages that could not be delivered.
    "notices.tasks.read_bounces": 300,
    "notices.tasks.send_late_letters": 10,
    "reports.tasks.let_reports_fall_due": 300,
    "reports.tasks.tell_of_reports": 60,
    "vouchers.assistance.surveys.tasks.follow_up": 900,
    "vouchers.assistance.workroom.tasks.sweep_work_mails": 60,
    "vouchers.payments.batches.tasks.sweep_payee_mails": 60,
    "vouchers.providers.quotes.tasks.sweep_quote_mails": 60,
    "vouchers.providers.tasks.sweep_untold_providers": 60,
    "vouchers.awards.tasks.close_reserve_lists": 300,
    "vouchers.awards.tasks.fill_vacancies": 10,
    "vouchers.awards.tasks.lapse_awards": 300,
    "vouchers.awards.tasks.remind_of_offers": 900,
    # Results are published at their instant, to some seconds.
    "vouchers.awards.tasks.publish_selections": 10,
    "vouchers.correspondence.tasks.remind_of_deadlines": 300,
    "vouchers.eligibility.tasks.lapse_clarifications": 60,
    "vouchers.eligibility.tasks.sweep_comparisons": 30,
    "vouchers.endings.tasks.carry_out_endings": 300,
    "vouchers.endings.tasks.watch_vouchers": 900,
    "vouchers.payments.receipts.tasks.remind_payees": 900,
    "vouchers.payments.recoveries.tasks.watch_recoveries": 900,
    "vouchers.scoring.assessing.tasks.remind_of_assessments": 900,
    "vouchers.scoring.ranking.tasks.sweep_rankings": 60,
    "vouchers.screening.tasks.screen_payees": 60,
    "vouchers.standing.tasks.judge_vouchers": 30,
    "vouchers.standing.tasks.remind_of_vouchers": 300,
}


def limits_of(task: str) -> TimeLimits:
    """How long a task may run. Raises KeyError for one that is in no queue."""
    kind = QUEUES[queue_of(task)]
    return dict(kind.others).get(task, kind.limits)


def queue_of(task: str) -> str:
    """The queue in which a task waits. Raises KeyError for one that is in none."""
    for name, kind in QUEUES.items():
        if task in kind.tasks:
            return name
    raise KeyError(task)


def declared() -> list[Queue]:
    """The queues as Celery declares them; a worker that names none works through all."""
    return [Queue(name, routing_key=name) for name in QUEUES]


def routes() -> dict[str, dict[str, str]]:
    """By task: in which queue it waits."""
    return {task: {"queue": name} for name, kind in QUEUES.items() for task in kind.tasks}


def limits() -> dict[str, dict[str, int]]:
    """By task: its limits in seconds."""
    return {
        task: {"soft_time_limit": limits_of(task).soft, "time_limit": limits_of(task).hard}
        for kind in QUEUES.values()
        for task in kind.tasks
    }


def longest() -> int:
    """Seconds that the longest task may take."""
    return max(limits_of(task).hard for kind in QUEUES.values() for task in kind.tasks)


def schedule() -> dict[str, dict[str, Any]]:
    """What beat asks for, by name. One that is not begun when the next is due is dropped."""
    entries = {
        _name(task): _entry(task, seconds, queue_of(task)) for task, seconds in PERIODIC.items()
    }
    # Through each queue, so that each worker shows that it takes work.
    for queue in QUEUES:
        entry = _entry(HEARTBEAT, HEARTBEAT_SECONDS, queue)
        entries[f"heartbeat-{queue}"] = {**entry, "args": [queue]}
    return entries


def _name(task: str) -> str:
    return task.rpartition(".")[2].replace("_", "-")


def _entry(task: str, seconds: int, queue: str) -> dict[str, Any]:
    # Celery's own beat reads `expires`, the scheduler that keeps its entries in the database reads
    # `expire_seconds`.
    options = {"queue": queue, "expires": seconds, "expire_seconds": seconds}
    return {"task": task, "schedule": float(seconds), "options": options}
