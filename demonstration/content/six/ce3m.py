"""Cluster Electronique & Mécatronique: the offer of its prototyping platform, and its development."""

from __future__ import annotations

from demonstration.content.needs import NeedWords

from .parts import (
    AimWords,
    AmendmentWords,
    MeetingWords,
    ObjectiveWords,
    PictureWords,
    PointWords,
    QuoteWords,
    ReportWords,
    SessionWords,
    StepWords,
    SurveyWords,
    VoucherWords,
)

CE3M = VoucherWords(
    language="fr",
    provider="Rif Stratégie (demonstration)",
    expert="Adil Benkirane",
    meeting=MeetingWords(
        "La plateforme de prototypage : où en sommes-nous ?",
        "1. Équipements et infrastructures : qui s’en sert, et pour quoi\n"
        "2. Ce que coûte une heure de chaque machine\n3. À qui vendre, et sous quel nom",
        "La plateforme est bien équipée et peu connue. Les prix sont faits au cas par cas, et un devis "
        "prend deux semaines. (Inventé pour la démonstration.)",
        "Nawal Sefrioui, responsable de la métrologie (démonstration)",
    ),
    needs=(
        NeedWords(
            "services",
            "Structurer l’offre de services de la plateforme de prototypage.",
            evidence="Un devis prend deux semaines en moyenne. (Inventé.)",
            existing="La plateforme, ses équipements et ses infrastructures.",
        ),
        NeedWords(
            "communication",
            "Le développement commercial du cluster.",
            "medium",
            existing="Un site, et une présence à deux salons.",
        ),
        NeedWords("finance", "Des tarifs qui couvrent l’entretien des équipements.", "medium"),
    ),
    decisions="Les prestations et leurs prix d’abord, le plan commercial ensuite. "
    "(Inventé pour la démonstration.)",
    remark_on_needs="Les membres doivent garder un tarif préférentiel : merci de l’ajouter.",
    aim="Structurer l’offre de services de la plateforme de prototypage et développer le cluster sur "
    "le plan commercial, avec sa plateforme, ses équipements et ses infrastructures.",
    objectives=(
        ObjectiveWords(
            "La plateforme vend des prestations décrites, avec un prix et un délai.",
            ("services", "finance"),
            ("Inventaire des équipements et des coûts", "Fiches de prestation et tarifs"),
        ),
        ObjectiveWords(
            "Le cluster a un plan commercial pour deux ans, et ses vingt premiers contacts.",
            ("communication",),
            ("Plan commercial avec l’équipe", "Rendez-vous d’essai avec des industriels"),
        ),
    ),
    steps=(
        StepWords(
            "Offre de la plateforme de prototypage",
            "Adil Benkirane, avec l’équipe de la plateforme",
            "4.50",
            "440",
            (("fixed", "Calcul des coûts horaires de neuf machines", "420"),),
            "Catalogue de quatorze prestations, avec tarifs",
            "Prototypage, métrologie, contrôle et préqualification : quatorze fiches, un prix pour les "
            "membres et un prix public.",
            (
                SessionWords(
                    "8",
                    0,
                    6,
                    "Inventaire : neuf machines, leur usage, leur entretien.",
                    "Casablanca",
                ),
                SessionWords("7.5", 0, 4, "Coût d’une heure de chaque machine."),
                SessionWords("8", 1, 6, "Fiches de prototypage et de métrologie."),
                SessionWords("6", 1, 6, "Fiches de contrôle et de préqualification."),
                SessionWords("6.5", 1, 15, "Le catalogue discuté avec des membres.", "Casablanca"),
            ),
            (
                PointWords(
                    "Fiche 6",
                    "Le délai de la métrologie n’est pas indiqué.",
                    "Cinq jours ouvrés ; chaque fiche porte un délai.",
                ),
                PointWords(
                    "Tarifs",
                    "Un tarif pour les étudiants serait utile.",
                    "Le bureau en décide à sa prochaine réunion.",
                    is_done=False,
                ),
            ),
            "Chaque fiche porte un délai.",
        ),
        StepWords(
            "Plan de développement commercial",
            "Adil Benkirane, avec la direction du cluster",
            "4.00",
            "440",
            (("travel", "Visites d’industriels", "480"),),
            "Plan commercial pour deux ans",
            "Segments, messages, vingt contacts, un tableau de suivi, et le rôle de chaque équipement.",
            (
                SessionWords("7.5", 2, 4, "Segments : automobile, aéronautique, médical, écoles."),
                SessionWords("8", 2, 5, "Messages, et vingt premiers contacts."),
                SessionWords("8", 3, 6, "Rendez-vous d’essai chez trois industriels.", "Tanger"),
                SessionWords("8", 3, 7, "Ce que les rendez-vous ont appris ; tableau de suivi."),
            ),
        ),
    ),
    aims=(
        AimWords(
            "Prestations décrites, avec prix et délai",
            "prestations",
            "0",
            "12",
            "14",
            "14",
            "Compté dans le catalogue. (Inventé.)",
            "Catalogue de la plateforme",
        ),
        AimWords(
            "Délai d’un devis",
            "jours",
            "14",
            "3",
            "4",
            "3",
            "Moyenne des dix derniers devis. (Inventé.)",
            "Tableau de suivi",
        ),
        AimWords(
            "Membres qui utilisent le nouveau service",
            "membres",
            "0",
            "12",
            "7",
            "13",
            "Membres qui ont commandé une prestation du catalogue. (Inventé.)",
            "Tableau de suivi",
            code="MEMB",
        ),
    ),
    amendment=AmendmentWords(
        "budget",
        "Deux industriels viennent à la plateforme : moins de visites, et une demi-journée de plus pour "
        "préparer les rendez-vous.",
        days="4.50",
        rest=("260",),
    ),
    messages=(
        ("cluster", "Les machines sont en maintenance lundi. Pouvons-nous déplacer la séance ?"),
        ("partner", "Bien sûr. Notez-la simplement au jour où elle a lieu."),
        ("cluster", "Merci, ce sera mercredi."),
    ),
    report=ReportWords(
        "L’offre de services de la plateforme de prototypage a été structurée : un catalogue, des "
        "tarifs, des délais, et un plan de développement commercial.",
        "Le cluster se développe sur le plan commercial, avec sa plateforme, ses équipements et ses "
        "infrastructures.",
        "Une jeune entreprise a commandé en ligne ce qu’elle croyait devoir chercher à l’étranger : "
        "une carte, mesurée et contrôlée, en cinq jours. (Inventé pour la démonstration.)",
        "Le calcul des coûts a demandé plus de temps que les fiches ; il fallait commencer par là. "
        "(Inventé pour la démonstration.)",
        27,
        8,
        4,
        "Rigoureux sur les coûts, moins à l’aise avec les messages.",
        PictureWords(
            "L’équipe devant le catalogue (dessin de démonstration)",
            "Le cluster ; libre de droits",
            "Des silhouettes autour d’une table",
        ),
        ("story", "figures", "pictures"),
    ),
    survey=SurveyWords(
        "2",
        "11",
        "1",
        "Le catalogue est en ligne, et un devis part en trois jours. (Inventé.)",
        "Compté dans le tableau de suivi.",
    ),
    offers=(
        QuoteWords(
            "Rif Stratégie (demonstration)",
            "Adil Benkirane",
            "440",
            "Nous mesurons les coûts avec l’équipe, rédigeons les fiches et les essayons chez trois "
            "industriels.",
            "Deux plateformes techniques, un incubateur. (Inventé.)",
            "4.5",
        ),
        QuoteWords(
            "Atlas Conseil (demonstration)",
            "Salma Berrada",
            "430",
            "Deux ateliers et un modèle de fiche que l’équipe remplit.",
            "Des catalogues pour des écoles. (Inventé.)",
            "3",
        ),
        QuoteWords(
            "Tadla Export (demonstration)",
            "Yassine Tahiri",
            "350",
            "Une enquête en ligne, puis un rapport.",
            "Aucune plateforme technique à ce jour. (Inventé.)",
            "2",
        ),
    ),
    why_chosen="Le moins cher ne vient pas à la plateforme et n’a jamais chiffré une machine ; l’offre "
    "choisie mesure les coûts avec l’équipe.",
    mission="Des produits électroniques innovants, fabriqués au Maroc pour le marché mondial. Une "
    "centaine de produits innovants accompagnés. Une plateforme de prototypage, de métrologie, de "
    "contrôle et de préqualification. Un incubateur avec un centre de coworking.",
)
