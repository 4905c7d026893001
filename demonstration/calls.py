"""The calls of the demonstration: terms, quotas, criteria and questions, in three languages."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from i18nfield.strings import LazyI18nString

from accounts.models import User
from clusters.actions import set_up_country
from clusters.models import Country
from conduct.queries.days import day_of
from demonstration.content.clusters import SEED
from demonstration.content.form import form_of
from demonstration.content.plans import INDICATORS
from vouchers.calls import actions
from vouchers.calls.models import Call

NAMES = {
    "en": "Scale Up Voucher for Clusters",
    "fr": "Bon de croissance pour les clusters",
    "ar": "قسيمة التوسّع للتجمعات",
}
PURPOSE = {
    "en": SEED["call"]["purpose"],
    "fr": "Une assistance technique pour développer la stratégie de croissance du cluster et élargir "
    "les débouchés de ses membres.",
    "ar": "مساعدة تقنية لتطوير استراتيجية نمو التجمع وتوسيع فرص الأعمال أمام أعضائه.",
}
COUNTRIES = {
    "LB": ({"en": "Lebanon", "fr": "Liban", "ar": "لبنان"}, "Asia/Beirut", "LBP"),
    "MA": ({"en": "Morocco", "fr": "Maroc", "ar": "المغرب"}, "Africa/Casablanca", "MAD"),
    "TN": ({"en": "Tunisia", "fr": "Tunisie", "ar": "تونس"}, "Africa/Tunis", "TND"),
}
# Weights, thresholds and what the scores mean are those of the demonstration: each call sets its own.
CRITERIA = [
    (
        {
            "en": "Mission and track record",
            "fr": "Mission et expérience",
            "ar": "الرسالة وسجل الإنجازات",
        },
        "30",
        3,
        {
            "en": [
                "No mission that members share; nothing done together yet.",
                "A mission in general words; few activities, no results told.",
                "A clear mission; regular activities, some with results.",
                "A mission that guides the work; results in figures over two years.",
                "A mission that members live by; strong results that others confirm.",
            ],
            "fr": [
                "Pas de mission partagée par les membres ; rien encore accompli ensemble.",
                "Une mission en termes généraux ; peu d’activités, aucun résultat cité.",
                "Une mission claire ; des activités régulières, certaines avec des résultats.",
                "Une mission qui guide le travail ; des résultats chiffrés sur deux ans.",
                "Une mission vécue par les membres ; de solides résultats confirmés par des tiers.",
            ],
            "ar": [
                "لا رسالة مشتركة بين الأعضاء، ولم يُنجز شيء معًا بعد.",
                "رسالة عامة، وأنشطة قليلة بلا نتائج مذكورة.",
                "رسالة واضحة، وأنشطة منتظمة لبعضها نتائج.",
                "رسالة توجّه العمل، ونتائج بالأرقام على مدى سنتين.",
                "رسالة يعمل بها الأعضاء، ونتائج قوية يؤكدها الغير.",
            ],
        },
    ),
    (
        {
            "en": "Growth plan and milestones",
            "fr": "Plan de croissance et jalons",
            "ar": "خطة النمو ومراحلها",
        },
        "35",
        2,
        {
            "en": [
                "No plan, or one that does not follow from the situation.",
                "A list of wishes; milestones without dates.",
                "A sound plan; milestones with dates, little said of risks.",
                "A plan that follows from figures; measurable milestones, risks named.",
                "A convincing plan; every milestone measurable, owned and within reach.",
            ],
            "fr": [
                "Pas de plan, ou un plan sans lien avec la situation.",
                "Une liste de souhaits ; des jalons sans dates.",
                "Un plan cohérent ; des jalons datés, peu de mots sur les risques.",
                "Un plan fondé sur des chiffres ; des jalons mesurables, des risques nommés.",
                "Un plan convaincant ; chaque jalon mesurable, attribué et atteignable.",
            ],
            "ar": [
                "لا خطة، أو خطة لا صلة لها بالواقع.",
                "قائمة أمنيات، ومراحل بلا تواريخ.",
                "خطة سليمة، ومراحل لها تواريخ، وقليل عن المخاطر.",
                "خطة مبنية على أرقام، ومراحل قابلة للقياس، ومخاطر مسمّاة.",
                "خطة مقنعة، كل مرحلة فيها قابلة للقياس ولها مسؤول وفي المتناول.",
            ],
        },
    ),
    (
        {
            "en": "Suggested plan for the voucher",
            "fr": "Plan proposé pour le bon",
            "ar": "الخطة المقترحة للقسيمة",
        },
        "35",
        1,
        {
            "en": [
                "Does not say what the voucher is for.",
                "A use is named, but no need behind it.",
                "A real need; activities fit it, costs are rough.",
                "A pressing need; activities, days and costs fit together.",
                "The right step at the right time; lasting effects for many members.",
            ],
            "fr": [
                "Ne dit pas à quoi servira le bon.",
                "Un usage est cité, sans besoin démontré.",
                "Un besoin réel ; des activités adaptées, des coûts approximatifs.",
                "Un besoin pressant ; activités, jours et coûts s’accordent.",
                "La bonne étape au bon moment ; des effets durables pour de nombreux membres.",
            ],
            "ar": [
                "لا تذكر الغرض من القسيمة.",
                "تذكر استعمالًا دون حاجة تبرره.",
                "حاجة حقيقية، وأنشطة ملائمة، وكلفة تقريبية.",
                "حاجة ملحّة، وأنشطة وأيام وكلفة متّسقة.",
                "الخطوة الصحيحة في وقتها، وأثر دائم لكثير من الأعضاء.",
            ],
        },
    ),
]
RULES = [
    (
        "by_hand",
        {
            "en": "The applicant is an association of firms and institutions.",
            "fr": "Le candidat est une association d’entreprises et d’institutions.",
            "ar": "مقدّم الطلب جمعية تضم شركات ومؤسسات.",
        },
    ),
    (
        "country",
        {
            "en": "It is established in a country of the call.",
            "fr": "Il est établi dans un pays de l’appel.",
            "ar": "مقره في أحد بلدان الدعوة.",
        },
    ),
    (
        "one_application",
        {
            "en": "It has one application to this call.",
            "fr": "Il a une seule candidature à cet appel.",
            "ar": "له طلب واحد في هذه الدعوة.",
        },
    ),
    (
        "no_open_voucher",
        {
            "en": "It has no voucher that is still open.",
            "fr": "Il n’a pas de bon en cours.",
            "ar": "ليست له قسيمة لم تُختتم بعد.",
        },
    ),
    (
        "ceiling",
        {
            "en": "With this voucher it stays within the ceiling for one legal entity.",
            "fr": "Avec ce bon, il reste sous le plafond par entité juridique.",
            "ar": "تبقى حصته مع هذه القسيمة ضمن السقف المحدد للكيان القانوني الواحد.",
        },
    ),
    (
        "declaration",
        {
            "en": "The declaration on honour is signed.",
            "fr": "La déclaration sur l’honneur est signée.",
            "ar": "التصريح بالشرف موقّع.",
        },
    ),
    (
        "by_hand",
        {
            "en": "No other Union funding pays for the same activities.",
            "fr": "Aucun autre financement de l’Union ne couvre les mêmes activités.",
            "ar": "لا يموّل الاتحاد الأنشطة نفسها من مصدر آخر.",
        },
    ),
]
CLAUSES = [
    {
        "en": "The applicant meets the conditions of eligibility of this call.",
        "fr": "Le candidat remplit les conditions d’éligibilité de cet appel.",
        "ar": "يستوفي مقدّم الطلب شروط الأهلية في هذه الدعوة.",
    },
    {
        "en": "The applicant has the means and the skills to carry out the plan.",
        "fr": "Le candidat a les moyens et les compétences pour mettre en œuvre le plan.",
        "ar": "لدى مقدّم الطلب الوسائل والمهارات لتنفيذ الخطة.",
    },
    {
        "en": "None of the grounds for exclusion from funding by the European Union applies to the "
        "applicant or to those who represent it.",
        "fr": "Aucun des motifs d’exclusion des financements de l’Union européenne ne s’applique au "
        "candidat ni à ceux qui le représentent.",
        "ar": "لا ينطبق على مقدّم الطلب ولا على من يمثله أي من أسباب الاستبعاد من تمويل الاتحاد الأوروبي.",
    },
    {
        "en": "No other funding by the European Union pays for the same activities, and the applicant "
        "will say so if that changes.",
        "fr": "Aucun autre financement de l’Union européenne ne couvre les mêmes activités, et le "
        "candidat le signalera si cela change.",
        "ar": "لا يغطي أي تمويل آخر من الاتحاد الأوروبي الأنشطة نفسها، وسيبلّغ مقدّم الطلب إن تغيّر ذلك.",
    },
]


def set_up_countries(by: User) -> None:
    """Enter the programme's countries with their partners."""
    for partner in SEED["partners"]:
        name, zone, currency = COUNTRIES[partner["country"]]
        set_up_country(
            partner["country"],
            name=LazyI18nString(name),
            time_zone=zone,
            currency=currency,
            partner=partner["name"],
            partner_short_name=partner.get("short", ""),
            by=by,
        )


def open_call(
    *,
    by: User,
    code: str,
    slug: str,
    opens: datetime,
    deadline: datetime,
    amount: str,
    quotas: dict[str, int],
    name: dict[str, str] | None = None,
    days_to_accept: int = 30,
    counts: dict[str, str] | None = None,
    two_approvals_above: Decimal | None = None,
    terms: dict[str, Any] | None = None,
) -> Call:
    """Make a call with the programme's three criteria, and open it at once.

    `counts` are those of calls.models.terms.counting.COUNTS that are not as usual, `terms` any others.
    """
    vouchers = sum(quotas.values())
    call = actions.create_call(
        by=by,
        name=LazyI18nString(name or NAMES),
        purpose=LazyI18nString(PURPOSE),
        slug=slug,
        programme_code=code,
        year=opens.year,
        opens_at=opens,
        deadline=deadline,
        decision_due=day_of(deadline + timedelta(days=60)),
        assistance_starts=day_of(deadline + timedelta(days=20)),
        assistance_ends=day_of(deadline + timedelta(days=400)),
        voucher_amount=Decimal(amount),
        budget=Decimal(amount) * vouchers,
        days_to_accept=days_to_accept,
        two_approvals_above=two_approvals_above,
        **(counts or {}),
        **(terms or {}),
    )
    countries = {country.code: country for country in Country.objects.all()}
    actions.set_quotas(call, [(countries[code], number) for code, number in quotas.items()], by=by)
    criteria = actions.set_criteria(call, [_criterion(*row) for row in CRITERIA], by=by)
    actions.set_form(call, form_of(criteria), by=by)
    actions.set_eligibility_rules(
        call, [{"kind": kind, "text": LazyI18nString(text)} for kind, text in RULES], by=by
    )
    actions.set_declaration(call, [LazyI18nString(text) for text in CLAUSES], by=by)
    actions.set_plan_terms(call, INDICATORS, by=by)
    return actions.open_call(call, by=by)


def _criterion(
    name: dict[str, str], weight: str, tie_break: int, anchors: dict[str, list[str]]
) -> dict[str, Any]:
    return {
        "name": LazyI18nString(name),
        "anchors": LazyI18nString({code: "\n".join(lines) for code, lines in anchors.items()}),
        "weight": Decimal(weight),
        "threshold": Decimal(50),
        "tie_break_position": tie_break,
    }
