"""Cluster MENARA: a business model for luxury food and cosmetics, and a shared vision of innovation."""

from __future__ import annotations

from demonstration.content.needs import NeedWords

from .parts import (
    AimWords,
    AmendmentWords,
    MeetingWords,
    ObjectiveWords,
    PictureWords,
    PointWords,
    ReportWords,
    SessionWords,
    StepWords,
    SurveyWords,
    VoucherWords,
)

MENARA = VoucherWords(
    language="fr",
    provider="Atlas Conseil (demonstration)",
    expert="Salma Berrada",
    meeting=MeetingWords(
        "Les besoins de MENARA, thème par thème",
        "1. Ce que les membres produisent et vendent\n"
        "2. Ce que « luxe » veut dire pour l’agroalimentaire et la cosmétique\n"
        "3. Qui doit partager la vision : industriels, universités, collectivités",
        "Chaque membre parle de haut de gamme, personne n’en a la même idée. Les universités et la "
        "région n’ont jamais été à la même table que les industriels. (Inventé pour la démonstration.)",
        "Hajar Ouazzani, direction régionale (démonstration)",
    ),
    needs=(
        NeedWords(
            "services",
            "Un modèle d’affaires pour le développement des industries du luxe, agroalimentaire et "
            "cosmétique.",
            evidence="Neuf membres sur dix vendent en vrac. (Inventé.)",
            existing="Un accompagnement à l’innovation, au cas par cas.",
        ),
        NeedWords(
            "innovation",
            "Une vision commune de l’innovation entre industriels, universités et pouvoirs publics de "
            "la région.",
            existing="Des conventions avec deux universités.",
        ),
        NeedWords(
            "communication", "Une image du luxe marocain que les membres partagent.", "medium"
        ),
    ),
    decisions="Le modèle d’affaires d’abord ; l’atelier des partenaires le discute ensuite. "
    "(Inventé pour la démonstration.)",
    remark_on_needs="Merci d’ajouter que les très petites entreprises doivent pouvoir suivre aussi.",
    aim="Amorcer un modèle d’affaires pour le développement des industries du luxe, agroalimentaire et "
    "cosmétique, et réunir industriels, universités et pouvoirs publics de la région autour d’une "
    "vision commune de l’innovation.",
    objectives=(
        ObjectiveWords(
            "Les membres disposent d’un modèle d’affaires du luxe, chiffré pour trois produits.",
            ("services", "communication"),
            ("Entretiens avec les membres et des acheteurs", "Modèle d’affaires de trois produits"),
        ),
        ObjectiveWords(
            "Industriels, universités et région signent une même feuille de vision.",
            ("innovation",),
            ("Préparation de l’atelier des partenaires", "Atelier des partenaires"),
        ),
    ),
    steps=(
        StepWords(
            "Modèle d’affaires du luxe agroalimentaire et cosmétique",
            "Salma Berrada, avec six membres",
            "4.50",
            "420",
            (("fixed", "Étude de prix de trois produits", "450"),),
            "Modèle d’affaires, chiffré pour trois produits",
            "Clients, prix, circuits et marges d’une huile d’argan, d’un safran et d’un soin du visage.",
            (
                SessionWords("8", 0, 6, "Ce que chacun vend, à qui, et à quel prix."),
                SessionWords("7.5", 0, 5, "Entretiens avec des acheteurs de trois maisons."),
                SessionWords("8", 1, 6, "Marges et circuits de l’huile d’argan."),
                SessionWords("6", 1, 6, "Le safran et le soin du visage."),
                SessionWords("6.5", 1, 12, "Le modèle présenté aux membres.", "Marrakech"),
            ),
            (
                PointWords(
                    "Chapitre 3",
                    "Le coût de la certification manque.",
                    "Il est ajouté, pour un et pour cinq produits.",
                ),
            ),
            "Le coût de la certification est au chapitre 3.",
        ),
        StepWords(
            "Atelier des partenaires",
            "Salma Berrada, avec la région et deux universités",
            "4.00",
            "420",
            (("travel", "Déplacements des intervenants", "560"),),
            "Feuille de vision, et compte rendu de l’atelier",
            "La vision commune en une page, les engagements de chacun, et les six prochains mois.",
            (
                SessionWords("7.5", 2, 4, "Qui inviter, et ce que chacun peut apporter."),
                SessionWords("8", 2, 7, "Projet de feuille de vision avec deux universités."),
                SessionWords(
                    "8", 3, 31, "L’atelier : industriels, universités, région.", "Marrakech"
                ),
                SessionWords("8", 3, 8, "Engagements de chacun, et suite des travaux."),
            ),
        ),
    ),
    aims=(
        AimWords(
            "Produits dont le modèle d’affaires est chiffré",
            "produits",
            "0",
            "3",
            "3",
            "4",
            "Compté dans le livrable. (Inventé.)",
            "Modèle d’affaires, annexe des prix",
        ),
        AimWords(
            "Partenariats signés",
            "partenariats",
            "2",
            "5",
            "4",
            "6",
            "Signatures de la feuille de vision. (Inventé.)",
            "Feuille de vision signée",
            code="PART",
        ),
        AimWords(
            "Membres qui utilisent le nouveau service",
            "membres",
            "0",
            "12",
            "11",
            "14",
            "Membres qui ont repris le modèle pour un produit. (Inventé.)",
            "Liste de présence, conservée par le cluster",
            code="MEMB",
        ),
    ),
    amendment=AmendmentWords(
        "budget",
        "La région prête la salle et un car : moins de déplacements, et une demi-journée de plus pour "
        "les engagements de chacun.",
        days="4.50",
        rest=("350",),
    ),
    messages=(
        ("cluster", "La région souhaite inviter un second cluster à l’atelier. Est-ce possible ?"),
        ("partner", "Oui, tant que les journées de l’experte restent celles du plan."),
        ("cluster", "Très bien, nous invitons aussi le cluster de la ville voisine."),
    ),
    report=ReportWords(
        "Un modèle d’affaires pour le développement des industries du luxe, agroalimentaire et "
        "cosmétique, a été amorcé, et un atelier a réuni ses partenaires.",
        "Industriels, universités et pouvoirs publics de la région partagent une vision de "
        "l’innovation.",
        "Une coopérative de safran a vu pour la première fois ce que coûte et rapporte un gramme vendu "
        "en boutique. Elle a changé de flacon. (Inventé pour la démonstration.)",
        "Mieux vaut trois produits chiffrés que dix décrits. (Inventé pour la démonstration.)",
        41,
        22,
        5,
        "Une experte du secteur, à l’aise avec les industriels comme avec la région.",
        PictureWords(
            "L’atelier des partenaires (dessin de démonstration)",
            "Le cluster ; libre de droits",
            "Des silhouettes autour d’une table",
        ),
        ("story", "figures", "pictures", "provider"),
    ),
    survey=SurveyWords(
        "3",
        "5",
        "2",
        "Deux membres vendent désormais au détail. (Inventé.)",
        "Chaque membre a été interrogé par téléphone.",
    ),
    light="J’ai vu la présidente : la salle est réservée, l’atelier a lieu comme prévu.",
    mission="Soutenir les start-up, très petites entreprises et PME marocaines dans l’innovation, la "
    "croissance et la visibilité de l’agroalimentaire et de la cosmétique, au Maroc et à "
    "l’international.",
)
