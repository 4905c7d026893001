"""Words that letters of every stage are filled with, in three languages."""

from __future__ import annotations

CALL_NAMES = {
    "en": "Scale Up Voucher for Clusters",
    "fr": "Bon de croissance pour les clusters",
    "ar": "قسيمة النمو للعناقيد الاقتصادية",
}
COORDINATOR = {
    "en": "Coordinator of the programme",
    "fr": "Coordinatrice du programme",
    "ar": "منسّقة البرنامج",
}
COUNTRIES = {"en": "Lebanon", "fr": "Liban", "ar": "لبنان"}
CRITERIA = {
    "en": (
        "Mission and track record",
        "Growth plan and milestones",
        "Suggested plan for the technical assistance voucher",
    ),
    "fr": (
        "Mission et réalisations",
        "Plan de croissance et jalons",
        "Plan proposé pour le bon d’assistance technique",
    ),
    "ar": ("الرسالة والسجل", "خطة النمو ومراحلها", "الخطة المقترحة لقسيمة المساعدة التقنية"),
}
COMMENTS = {
    "en": (
        "The cluster knows its members well and has shown three joint projects with universities "
        "since 2019.",
        "The milestones are clear, but nobody is named for the second one and the budget does not "
        "say where the cluster’s own share comes from.",
        "Procedures and manuals are what the cluster needs most now.",
    ),
    "fr": (
        "Le cluster connaît bien ses membres et présente trois projets communs avec des "
        "universités depuis 2019.",
        "Les jalons sont clairs, mais personne n’est désigné pour le deuxième.",
        "Des procédures et des manuels : c’est ce dont le cluster a le plus besoin.",
    ),
    "ar": (
        "يعرف العنقود أعضاءه معرفة جيدة، وقد نفّذ ثلاثة مشاريع مشتركة مع الجامعات منذ عام 2019.",
        "المراحل واضحة، غير أن المسؤول عن المرحلة الثانية لم يُسمَّ (انظر SUV-2026-LB-0001).",
        "الإجراءات والأدلة هي أكثر ما يحتاج إليه العنقود الآن.",
    ),
}
OUTCOMES = {
    "en": ("award", "reserve list", "refusal"),
    "fr": ("attribution", "liste de réserve", "refus"),
    "ar": ("منح", "قائمة الاحتياط", "رفض"),
}
RULES = {
    "en": (
        "is an association of firms and institutions",
        "is established in the country",
        "the application is complete",
        "has no other Union funding for the same activities",
    ),
    "fr": (
        "est une association d’entreprises et d’institutions",
        "est établi dans le pays",
        "la candidature est complète",
        "n’a pas d’autre financement de l’Union pour les mêmes activités",
    ),
    "ar": (
        "جمعية تضم شركات ومؤسسات",
        "مقرّها في البلد",
        "الطلب مكتمل",
        "لا تستفيد من تمويل آخر من الاتحاد للأنشطة نفسها",
    ),
}
FUNCTIONS = {
    "en": ("Deputy General Manager", "Cluster Manager", "Coordinator of the programme"),
    "fr": (
        "Directeur général adjoint",
        "Responsable du cluster",
        "Coordinatrice du programme",
    ),
    "ar": ("نائب المدير العام", "مديرة العنقود", "منسّقة البرنامج"),
}
STEPS = {
    "en": ("submitted by", "verified by", "approved by", "ordered by"),
    "fr": ("présentée par", "vérifiée par", "approuvée par", "ordonnée par"),
    "ar": ("قدّمها", "تحقّق منها", "وافق عليها", "أمر بها"),
}
FINDINGS = {
    "en": (
        "QOOT has grown from 20 to more than 70 members, and its procedures have not grown with "
        "it: each enquiry is handled by whoever happens to see it.\n\nTwo universities would work "
        "with members on food safety, but nobody keeps track of who needs what."
    ),
    "fr": (
        "QOOT est passé de 20 à plus de 70 membres, et ses procédures n’ont pas suivi.\n\n"
        "Deux universités travailleraient volontiers avec les membres."
    ),
    "ar": (
        "ارتفع عدد أعضاء QOOT من 20 إلى أكثر من 70 عضوًا، ولم تواكب إجراءاته هذا النمو.\n\n"
        "ترغب جامعتان في العمل مع الأعضاء على سلامة الأغذية."
    ),
}
MILESTONES = {
    "en": (
        "Review of how members are served today",
        "Manual of procedures, tried out with five members",
        "Two agreements with universities",
    ),
    "fr": (
        "Examen des services aux membres",
        "Manuel de procédures, essayé avec cinq membres",
        "Deux accords avec des universités",
    ),
    "ar": (
        "مراجعة الخدمات المقدّمة للأعضاء",
        "دليل الإجراءات بعد تجربته مع خمسة أعضاء",
        "اتفاقيتان مع جامعتين",
    ),
}
SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

# Accounts of the ledger and kinds of its entries.
_KEYS = (
    *("grant", "available", "committed", "payable", "in_transit", "bank"),
    *("award", "approval", "reversal", "order", "booking"),
)
_OF_THE_LEDGER = {
    "en": (
        "grant;available;committed;payable;in transit;booked by the bank;"
        "award;approval;approval reversed;payment order;payment booked"
    ),
    "fr": (
        "subvention;disponible;engagé;à payer;en cours de paiement;payé par la banque;"
        "attribution;approbation;approbation annulée;ordre de paiement;paiement inscrit"
    ),
    "ar": (
        "المنحة;متاح;ملتزم به;مستحق الدفع;قيد التحويل;مدفوع من المصرف;"
        "منح;اعتماد;اعتماد أُلغي;أمر دفع;دفع مسجّل"
    ),
}
LEDGER = {
    language: dict(zip(_KEYS, words.split(";"), strict=True))
    for language, words in _OF_THE_LEDGER.items()
}
