"""Background work on large proposals."""

from celery import shared_task

from vouchers.awards.proposals.actions.writing import PROPOSALS


@shared_task
def write_proposal(proposal_id: int) -> None:
    PROPOSALS.conduct(proposal_id)
