"""Words for many applications: names of clusters, and texts of which no two are alike."""

import random


def name_of_cluster(index: int, country: str, chance: random.Random) -> str:
    """A name as clusters have them; a sixth of them is Arabic. The number keeps it unique."""
    if chance.random() < 1 / 6:
        return (
            f"تجمع {chance.choice(SECTORS_IN_ARABIC)} في {chance.choice(TOWNS_IN_ARABIC)} {index}"
        )
    return (
        f"{chance.choice(SECTORS)} {chance.choice(KINDS)} {chance.choice(TOWNS[country])} {index}"
    )


def text_in(chance: random.Random, language: str, sentences: int) -> str:
    """So many sentences, in which no two texts are alike."""
    subjects, verbs, objects = SENTENCES[language]
    return " ".join(
        f"{chance.choice(subjects)} {chance.choice(verbs)} {chance.choice(objects)}."
        for _number in range(sentences)
    )


SECTORS = (
    *(
        "Agri-food",
        "Textile",
        "Renewable Energy",
        "Digital Health",
        "Creative Industries",
        "Plastics",
    ),
    *("Aeronautics", "Water", "Tourism", "Furniture", "Olive Oil", "Electronics", "Logistics"),
    *("Fintech", "Cosmetics", "Ceramics", "Fisheries", "Automotive", "Leather", "Pharma"),
)
KINDS = ("Cluster", "Pôle", "Alliance", "Network", "Hub", "Consortium")
TOWNS = {
    "LB": ("Beirut", "Tripoli", "Saida", "Zahlé", "Tyre", "Byblos", "Baalbek"),
    "MA": ("Casablanca", "Rabat", "Fès", "Tanger", "Agadir", "Marrakech", "Oujda"),
    "TN": ("Tunis", "Sfax", "Sousse", "Bizerte", "Gabès", "Monastir", "Kairouan"),
}
SECTORS_IN_ARABIC = ("النسيج", "الطاقة", "المياه", "السياحة", "الزراعة", "الصحة الرقمية")
TOWNS_IN_ARABIC = ("بيروت", "طرابلس", "الدار البيضاء", "الرباط", "تونس", "صفاقس")
SENTENCES = {
    "en": (
        ("Our members", "The network", "Two universities", "Small firms", "The team", "Exporters"),
        ("develop", "share", "need", "will test", "have built", "want to sell", "train others in"),
        (
            "a common laboratory",
            "new markets in the Gulf",
            "certified products",
            "a data platform",
            "skills for women founders",
            "cleaner processes",
            "a joint brand",
            "prototypes by spring",
        ),
    ),
    "fr": (
        ("Nos membres", "Le réseau", "Deux universités", "Les PME", "L’équipe", "Les exportateurs"),
        ("développent", "partagent", "recherchent", "testeront", "ont bâti", "veulent vendre"),
        (
            "un laboratoire commun",
            "de nouveaux marchés",
            "des produits certifiés",
            "une plateforme",
            "des compétences pour les fondatrices",
            "des procédés propres",
            "une marque commune",
        ),
    ),
    "ar": (
        ("أعضاؤنا", "الشبكة", "جامعتان", "الشركات الصغيرة", "الفريق", "المصدّرون"),
        ("يطوّرون", "يتشاركون", "يحتاجون إلى", "سيختبرون", "أنشؤوا", "يريدون تسويق"),
        (
            "مختبرا مشتركا",
            "أسواقا جديدة في الخليج",
            "منتجات معتمدة",
            "منصة بيانات",
            "مهارات لرائدات الأعمال",
            "عمليات أنظف",
            "علامة مشتركة",
        ),
    ),
}
