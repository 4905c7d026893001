"""The application form of the Scale Up Voucher, in three languages; keys stay from call to call."""

from __future__ import annotations

from typing import Any

from i18nfield.strings import LazyI18nString

Texts = dict[str, str]

# Options are counted from 1; answers and conditions name them by number.
SOMETHING_ELSE = "4"
YES = "2"

# The criterion that a question feeds is its place among the call's criteria.
MISSION, GROWTH, VOUCHER = 0, 1, 2

SECTIONS: list[dict[str, Any]] = [
    {
        "title": {"en": "Your cluster", "fr": "Votre cluster", "ar": "تجمعكم"},
        "help_text": {
            "en": "Who you are and what you have done together. The legal facts come from your profile.",
            "fr": "Qui vous êtes et ce que vous avez fait ensemble. Les données légales viennent de "
            "votre profil.",
            "ar": "من أنتم وماذا أنجزتم معًا. البيانات القانونية تأتي من ملف تجمعكم.",
        },
        "questions": [
            {
                "key": "mission",
                "max_words": 400,
                "criterion": MISSION,
                "text": {
                    "en": "What is the mission of your cluster?",
                    "fr": "Quelle est la mission de votre cluster ?",
                    "ar": "ما رسالة تجمعكم؟",
                },
                "help_text": {
                    "en": "For whom it works, and what would be missing without it.",
                    "fr": "Pour qui il travaille, et ce qui manquerait sans lui.",
                    "ar": "لمن يعمل، وما الذي كان سينقص لولاه.",
                },
            },
            {
                "key": "track-record",
                "max_words": 300,
                "criterion": MISSION,
                "required": False,
                "text": {
                    "en": "What has it achieved so far?",
                    "fr": "Qu’a-t-il accompli jusqu’ici ?",
                    "ar": "ماذا حقق حتى الآن؟",
                },
                "help_text": {
                    "en": "Projects, services and results, with their years.",
                    "fr": "Projets, services et résultats, avec leurs années.",
                    "ar": "المشاريع والخدمات والنتائج مع سنواتها.",
                },
            },
            {
                "key": "members",
                "kind": "number",
                "criterion": MISSION,
                "min_value": 3,
                "max_value": 5000,
                "text": {
                    "en": "How many members does it have today?",
                    "fr": "Combien de membres compte-t-il aujourd’hui ?",
                    "ar": "كم عدد أعضائه اليوم؟",
                },
            },
            {
                "key": "beneficiaries",
                "kind": "choices",
                "criterion": MISSION,
                "text": {
                    "en": "Which of them would the voucher serve?",
                    "fr": "À quels membres le bon servirait-il ?",
                    "ar": "أي فئات من الأعضاء ستستفيد من القسيمة؟",
                },
                "options": {
                    "en": "Start-ups\nSmall and medium-sized firms\nUniversities and research centres\n"
                    "Public institutions\nService providers",
                    "fr": "Start-up\nPetites et moyennes entreprises\nUniversités et centres de "
                    "recherche\nInstitutions publiques\nPrestataires de services",
                    "ar": "الشركات الناشئة\nالشركات الصغيرة والمتوسطة\nالجامعات ومراكز البحث\n"
                    "المؤسسات العامة\nمقدّمو الخدمات",
                },
            },
        ],
    },
    {
        "title": {"en": "Growth", "fr": "Croissance", "ar": "النمو"},
        "questions": [
            {
                "key": "growth",
                "max_words": 400,
                "criterion": GROWTH,
                "text": {
                    "en": "How shall it grow in the next two years?",
                    "fr": "Comment doit-il croître dans les deux prochaines années ?",
                    "ar": "كيف سينمو خلال السنتين القادمتين؟",
                },
                "help_text": {
                    "en": "Members, services, income and reach: where you stand, and where to.",
                    "fr": "Membres, services, revenus et rayonnement : où vous en êtes et où vous "
                    "voulez arriver.",
                    "ar": "الأعضاء والخدمات والإيرادات والانتشار: أين أنتم وإلى أين تريدون الوصول.",
                },
            },
            {
                "key": "milestones",
                "kind": "milestones",
                "criterion": GROWTH,
                "text": {
                    "en": "By which milestones does one see it?",
                    "fr": "À quels jalons le verra-t-on ?",
                    "ar": "بأي مراحل يُقاس ذلك؟",
                },
            },
        ],
    },
    {
        "title": {"en": "The voucher", "fr": "Le bon", "ar": "القسيمة"},
        "questions": [
            {
                "key": "way-of-use",
                "kind": "choice",
                "criterion": VOUCHER,
                "text": {
                    "en": "What kind of assistance do you need?",
                    "fr": "De quelle assistance avez-vous besoin ?",
                    "ar": "أي نوع من المساعدة تحتاجون إليه؟",
                },
                "options": {
                    "en": "A strategy, plan or procedures\nTraining and coaching of members\n"
                    "Access to new markets\nSomething else",
                    "fr": "Une stratégie, un plan ou des procédures\nFormation et accompagnement des "
                    "membres\nAccès à de nouveaux marchés\nAutre chose",
                    "ar": "استراتيجية أو خطة أو إجراءات\nتدريب الأعضاء ومرافقتهم\n"
                    "الوصول إلى أسواق جديدة\nشيء آخر",
                },
            },
            {
                "key": "other-use",
                "kind": "short_text",
                "max_words": 40,
                "criterion": VOUCHER,
                "depends_on": "way-of-use",
                "depends_value": SOMETHING_ELSE,
                "text": {
                    "en": "Which kind, in a few words?",
                    "fr": "Laquelle, en quelques mots ?",
                    "ar": "ما هو، بكلمات قليلة؟",
                },
            },
            {
                "key": "voucher-use",
                "max_words": 400,
                "criterion": VOUCHER,
                "text": {
                    "en": "What do you want to do with the voucher?",
                    "fr": "Que voulez-vous faire du bon ?",
                    "ar": "ماذا تريدون أن تفعلوا بالقسيمة؟",
                },
                "help_text": {
                    "en": "What a consultant would do, with whom, and what remains afterwards.",
                    "fr": "Ce que ferait un consultant, avec qui, et ce qui reste ensuite.",
                    "ar": "ما الذي سيفعله الخبير، ومع من، وماذا يبقى بعد ذلك.",
                },
            },
            {
                "key": "start",
                "kind": "date",
                "criterion": VOUCHER,
                "text": {
                    "en": "When could the assistance begin?",
                    "fr": "Quand l’assistance pourrait-elle commencer ?",
                    "ar": "متى يمكن أن تبدأ المساعدة؟",
                },
            },
            {
                "key": "budget",
                "kind": "budget",
                "criterion": VOUCHER,
                "text": {
                    "en": "What would it cost, activity by activity?",
                    "fr": "Combien cela coûterait-il, activité par activité ?",
                    "ar": "كم ستكون التكلفة، نشاطًا نشاطًا؟",
                },
                "help_text": {
                    "en": "The days of experts. Equipment and licences are not covered.",
                    "fr": "Les jours d’experts. Ni matériel ni licences ne sont couverts.",
                    "ar": "أيام عمل الخبراء. لا تُغطى المعدات ولا التراخيص.",
                },
            },
        ],
    },
    {
        "title": {
            "en": "Facts for the declaration",
            "fr": "Éléments de la déclaration",
            "ar": "بيانات التصريح",
        },
        "questions": [
            {
                "key": "other-funding",
                "kind": "choice",
                "text": {
                    "en": "Does other funding by the European Union pay for any of this?",
                    "fr": "Un autre financement de l’Union européenne en couvre-t-il une partie ?",
                    "ar": "هل يغطي تمويل آخر من الاتحاد الأوروبي شيئًا من ذلك؟",
                },
                "options": {"en": "No\nYes", "fr": "Non\nOui", "ar": "لا\nنعم"},
            },
            {
                "key": "which-funding",
                "max_words": 150,
                "depends_on": "other-funding",
                "depends_value": YES,
                "text": {
                    "en": "Which funding, and for what?",
                    "fr": "Quel financement, et pour quoi ?",
                    "ar": "ما هذا التمويل، وما الذي يغطيه؟",
                },
            },
            {
                "key": "documents",
                "kind": "file",
                "text": {
                    "en": "Your statutes, and what else supports your application",
                    "fr": "Vos statuts, et ce qui appuie votre candidature",
                    "ar": "النظام الأساسي، وما يدعم طلبكم من وثائق",
                },
            },
        ],
    },
]
_IN_LANGUAGES = ("title", "text", "help_text", "options")


def form_of(criteria: list[Any]) -> list[dict[str, Any]]:
    """The sections as `set_form` takes them, each question tied to its criterion."""
    return [
        {
            **_texts(section),
            "questions": [
                {**_texts(question), "criterion": _criterion(question, criteria)}
                for question in section["questions"]
            ],
        }
        for section in SECTIONS
    ]


def _criterion(question: dict[str, Any], criteria: list[Any]) -> Any:
    place = question.get("criterion")
    return None if place is None else criteria[place]


def _texts(terms: dict[str, Any]) -> dict[str, Any]:
    return {
        name: LazyI18nString(value) if name in _IN_LANGUAGES else value
        for name, value in terms.items()
        if name != "questions"
    }
