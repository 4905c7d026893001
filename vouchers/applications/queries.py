"""Reads of applications, scoped to who asks."""

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator
from clusters.models import Representative
from vouchers.calls.models import Question

from .models import Answer, Application, Recusal


def applications_visible_to(user: User) -> QuerySet[Application]:
    """The applications that the person may read, with call, cluster and country.

    Representatives see their cluster's, drafts included; officers their country's and
    coordinators and auditors all, once submitted and unless a conflict of interest recuses them.
    """
    applications = Application.objects.select_related("call", "cluster", "country")
    if not user.is_authenticated:
        return applications.none()
    own = Q(cluster__in=Representative.objects.filter(user=user).values("cluster"))
    scope = Q(country_id__in=user.officer_countries)
    if is_coordinator.test(user) or is_auditor.test(user):
        scope = Q()
    recused = Recusal.objects.filter(person=user).values("application")
    staff = scope & Q(reference__isnull=False) & ~Q(pk__in=recused)
    return applications.filter(own | staff) if user.is_staff_member else applications.filter(own)


def applications_of(user: User) -> QuerySet[Application]:
    """The applications of the clusters for which the person acts, drafts included."""
    return applications_visible_to(user).filter(
        cluster__in=Representative.objects.filter(user=user).values("cluster")
    )


def answers_by_question(application: Application) -> list[tuple[Question, Answer | None]]:
    """Each question of the call, in order, with the cluster's answer if there is one."""
    answers = {answer.question_id: answer for answer in application.answers.all()}
    return [
        (question, answers.get(question.pk))
        for question in application.call.questions.select_related("criterion")
    ]


def missing_answers(application: Application) -> list[Question]:
    """The required questions without an answer."""
    return [
        question
        for question, answer in answers_by_question(application)
        if question.required and not (answer and answer.text.strip())
    ]


def too_long_answers(application: Application) -> list[Question]:
    """The questions whose answer has more words than allowed."""
    return [
        question
        for question, answer in answers_by_question(application)
        if answer and len(answer.text.split()) > question.max_words
    ]
