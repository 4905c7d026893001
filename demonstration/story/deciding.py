"""What surrounds decisions: what assessors can judge, statistics, and requests for review."""

from __future__ import annotations

from accounts.models import User
from clusters.models import Country
from demonstration.cast import Cast
from demonstration.clock import noon, on
from demonstration.content.clusters import ClusterFacts, made_up
from demonstration.story import Story
from vouchers.awards import actions as awards
from vouchers.awards.models import Decision
from vouchers.calls.models import Call
from vouchers.scoring.assessing import actions as assessing_actions
from vouchers.scoring.reliability.actions import request_study

# Organisation, country, languages and sectors (NACE Rev. 2.1) of each assessor.
_KNOWLEDGE = [
    ("Levant Growth Advisory (demonstration)", "LB", ["en", "ar", "fr"], ["31", "74", "62"]),
    ("Atlas Innovation (démonstration)", "MA", ["fr", "en"], ["52", "22", "49"]),
    # Her own house applies in the last round: a hint of a conflict, that she declares.
    (made_up("TN", 11).name, "TN", ["ar", "fr"], ["10", "32", "55", "79"]),
]


def describe_assessors(cast: Cast) -> None:
    """Every assessor says what they can judge, and for whom they work."""
    for assessor, (organisation, country, languages, sectors) in zip(
        cast.assessors, _KNOWLEDGE, strict=True
    ):
        assessing_actions.set_profile(
            organisation=organisation,
            country=Country.objects.get(code=country),
            languages=languages,
            sectors=sectors,
            capacity=20,
            by=assessor,
        )


def study(call: Call, cast: Cast) -> None:
    """A coordinator asks for statistics; the worker computes them as soon as it runs."""
    with on(noon(-1)):
        request_study(call, by=cast.coordinators[0])


def review_in_vain(story: Story, facts: ClusterFacts, *, days: int) -> None:
    """A refused cluster asks for a review, `days` from today, and is told no with reasons."""
    decision, manager = _refused(story, facts)
    with on(noon(days)):
        appeal = awards.ask_for_review(decision, _LATE_PAGE[facts.language], by=manager)
    with on(noon(days + 4)):
        judgement = awards.Judgement(upheld=False, reasons=_PAGE_WAS_READ[facts.language])
        awards.decide_appeal(appeal, judgement, by=story.cast.coordinators[1])


def review_under_way(story: Story, facts: ClusterFacts, *, days: int) -> None:
    """A refused cluster asks for a review, is asked back, and waits for the decision."""
    decision, manager = _refused(story, facts)
    with on(noon(days)):
        appeal = awards.ask_for_review(decision, _LATE_PAGE[facts.language], by=manager)
    with on(noon(days + 2)):
        awards.write_on_appeal(appeal, _WHICH_PAGE[facts.language], by=story.cast.coordinators[1])
    with on(noon(days + 3)):
        awards.write_on_appeal(appeal, _THE_ANNEX[facts.language], by=manager)


def _refused(story: Story, facts: ClusterFacts) -> tuple[Decision, User]:
    decision = Decision.objects.get(
        application__call=story.call, application__cluster__name=facts.name, outcome="refuse"
    )
    return decision, story.cast.manager(facts.name, facts.country)


_LATE_PAGE = {
    "en": "The grounds name no budget. Ours is on the second page of the annex that we sent with "
    "the application. We ask whether the assessors were given that page.",
    "fr": "Les motifs disent que le budget manque. Le nôtre est à la deuxième page de l’annexe "
    "jointe à la candidature. Nous demandons si les évaluateurs ont reçu cette page.",
    "ar": "ورد في الأسباب أن الميزانية غير موجودة. ميزانيتنا في الصفحة الثانية من الملحق المرسل مع "
    "الطلب. نسأل إن كان المقيّمون قد تسلّموا تلك الصفحة.",
}
_WHICH_PAGE = {
    "en": "Thank you. Which annex do you mean: the statutes, or another file?",
    "fr": "Merci. De quelle annexe parlez-vous : les statuts, ou un autre fichier ?",
    "ar": "شكرًا لكم. أيّ ملحق تقصدون: النظام الأساسي أم ملفًا آخر؟",
}
_THE_ANNEX = {
    "en": "The file with the statutes; the budget follows the last article.",
    "fr": "Le fichier des statuts ; le budget suit le dernier article.",
    "ar": "ملف النظام الأساسي؛ تأتي الميزانية بعد المادة الأخيرة.",
}
_PAGE_WAS_READ = {
    "en": "Both assessors had the whole annex, and one of them quotes the budget. The procedure "
    "was followed; a review does not weigh the merits again.",
    "fr": "Les deux évaluateurs avaient toute l’annexe, et l’un d’eux cite le budget. La procédure "
    "a été suivie ; un réexamen ne juge pas le fond une nouvelle fois.",
    "ar": "كان الملحق كاملًا لدى المقيّمَين، وأحدهما يستشهد بالميزانية. اتُّبع الإجراء، وإعادة النظر لا "
    "تعيد تقييم المضمون.",
}
