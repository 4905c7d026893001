"""Questions that clusters ask about a call, and their answers, in every language."""

# Language and words in which it was asked; question and answer as everybody reads them.
ANSWERED: list[tuple[str, str, dict[str, str], dict[str, str]]] = [
    (
        "fr",
        "Nous sommes une fondation qui anime un cluster. Pouvons-nous déposer une candidature ?",
        {
            "en": "May a foundation that runs a cluster apply?",
            "fr": "Une fondation qui anime un cluster peut-elle déposer une candidature ?",
            "ar": "هل يحق لمؤسسة تدير تجمّعًا أن تتقدّم بطلب؟",
        },
        {
            "en": "Yes, if its statutes say that it serves the members of the cluster. Attach them.",
            "fr": "Oui, si ses statuts disent qu’elle sert les membres du cluster. Joignez-les.",
            "ar": "نعم، إذا نصّ نظامها الأساسي على أنها تخدم أعضاء التجمّع. أرفقوه بالطلب.",
        },
    ),
    (
        "fr",
        "Le bon peut-il payer un logiciel ?",
        {
            "en": "Can the voucher pay for software?",
            "fr": "Le bon peut-il payer un logiciel ?",
            "ar": "هل يمكن للقسيمة أن تغطي ثمن برنامج حاسوبي؟",
        },
        {
            "en": "No. It pays for the days of a consultant; equipment and licences are not covered.",
            "fr": "Non. Il paie les jours d’un consultant ; ni matériel ni licences ne sont couverts.",
            "ar": "لا. تغطي القسيمة أيام عمل الخبير، ولا تغطي المعدات ولا التراخيص.",
        },
    ),
]
