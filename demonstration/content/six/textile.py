"""Cluster de Textile Technique du Sahel: a pilot mission to a member, towards industry 4.0."""

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

TEXTILE = VoucherWords(
    language="fr",
    provider="Carthage Conseil (demonstration)",
    expert="Anis Gharbi",
    meeting=MeetingWords(
        "Industrie 4.0 : par où commencer ?",
        "1. Ce que « 4.0 » veut dire pour un atelier de textile technique\n"
        "2. Quel membre se prête à une mission pilote\n3. Comment les autres en profitent",
        "Un membre industriel ouvre ses ateliers à la mission pilote, à condition que ses chiffres "
        "restent chez lui. Les autres liront la méthode. (Inventé pour la démonstration.)",
        "Mourad Zribi, membre industriel (démonstration)",
    ),
    needs=(
        NeedWords(
            "digital",
            "Savoir ce dont un membre industriel a besoin pour sa transition vers l’industrie 4.0.",
            evidence="Les arrêts de machine sont notés à la main. (Inventé.)",
            existing="Un logiciel de gestion, sans lien avec les machines.",
        ),
        NeedWords(
            "innovation",
            "Une méthode de diagnostic que les autres membres puissent reprendre.",
            "medium",
        ),
    ),
    decisions="Un seul membre pilote, choisi par le bureau ; une feuille de route, et une méthode pour "
    "tous. (Inventé pour la démonstration.)",
    remark_on_needs="Merci de préciser que les chiffres du membre pilote restent confidentiels.",
    aim="Une mission pilote chez un membre industriel du cluster, pour identifier ce dont il a besoin "
    "pour sa transition vers l’industrie 4.0.",
    objectives=(
        ObjectiveWords(
            "Le membre pilote sait où il en est, machine par machine.",
            ("digital",),
            ("Visite des ateliers et relevés", "Entretiens avec les équipes"),
        ),
        ObjectiveWords(
            "Il a une feuille de route vers l’industrie 4.0, et le cluster une méthode pour tous.",
            ("digital", "innovation"),
            ("Feuille de route avec la direction", "La méthode présentée aux membres"),
        ),
    ),
    steps=(
        StepWords(
            "Mission pilote chez un membre industriel",
            "Anis Gharbi, avec le membre pilote",
            "4.50",
            "410",
            (("travel", "Déplacements à Monastir", "390"),),
            "Diagnostic du membre pilote",
            "Maturité de vingt-deux postes, des arrêts relevés pendant une semaine, et ce qui manque.",
            (
                SessionWords("8", 0, 7, "Visite : tissage, enduction, contrôle.", "Monastir"),
                SessionWords("7.5", 0, 5, "Relevé des arrêts avec les chefs d’équipe.", "Monastir"),
                SessionWords(
                    "8", 1, 12, "Entretiens : maintenance, qualité, planification.", "Monastir"
                ),
                SessionWords("6", 1, 4, "Données du logiciel de gestion."),
                SessionWords("6.5", 1, 6, "Le diagnostic discuté avec la direction.", "Monastir"),
            ),
            (
                PointWords(
                    "Page 11",
                    "Les arrêts de la ligne d’enduction ne sont pas comptés.",
                    "Ils le sont, pour la même semaine.",
                ),
            ),
            "La ligne d’enduction est à la page 11.",
        ),
        StepWords(
            "Feuille de route vers l’industrie 4.0",
            "Anis Gharbi, avec la direction du membre pilote",
            "4.00",
            "410",
            (("fixed", "Guide de la méthode, mis en page", "600"),),
            "Feuille de route, et guide de la méthode",
            "Six étapes sur trois ans avec leur coût, et le guide que les autres membres reprennent.",
            (
                SessionWords("7.5", 2, 5, "Priorités : ce qui rapporte dès la première année."),
                SessionWords("8", 2, 4, "Capteurs, réseau, formation : coûts et délais."),
                SessionWords("8", 2, 6, "La feuille de route avec la direction.", "Monastir"),
                SessionWords("8", 3, 19, "La méthode présentée aux membres.", "Sousse"),
            ),
        ),
    ),
    aims=(
        AimWords(
            "Postes diagnostiqués chez le membre pilote",
            "postes",
            "0",
            "20",
            "22",
            "22",
            "Compté dans le diagnostic. (Inventé.)",
            "Diagnostic, annexe 1",
        ),
        AimWords(
            "Étapes de la feuille de route engagées",
            "étapes",
            "0",
            "2",
            "1",
            "3",
            "Dit par la direction du membre pilote. (Inventé.)",
            "Lettre du membre pilote",
        ),
        AimWords(
            "Membres qui utilisent le nouveau service",
            "membres",
            "0",
            "6",
            "5",
            "8",
            "Membres qui ont demandé le guide. (Inventé.)",
            "Liste de présence, conservée par le cluster",
            code="MEMB",
        ),
    ),
    amendment=AmendmentWords(
        "extension",
        "Les ateliers du membre pilote ferment trois semaines en été : la feuille de route suit à la "
        "rentrée.",
        more_time=28,
    ),
    messages=(
        ("cluster", "Le membre pilote demande qui lira le diagnostic."),
        (
            "partner",
            "Vous, nous, et l’auditeur du programme ; rien n’en est publié sans votre accord.",
        ),
        ("cluster", "Il accepte. Nous commençons lundi."),
    ),
    report=ReportWords(
        "Une mission pilote a été menée chez un membre industriel du cluster, avec un diagnostic et "
        "une feuille de route vers l’industrie 4.0.",
        "On sait ce dont ce membre a besoin pour sa transition vers l’industrie 4.0, et les autres "
        "disposent de la méthode.",
        "Le premier capteur du membre pilote a coûté moins qu’une heure d’arrêt de la ligne qu’il "
        "surveille. (Inventé pour la démonstration.)",
        "Relever les arrêts avec les chefs d’équipe vaut tous les questionnaires. "
        "(Inventé pour la démonstration.)",
        23,
        7,
        5,
        "Très présent dans les ateliers ; explique sans jargon.",
        PictureWords(
            "Présentation de la méthode (dessin de démonstration)",
            "Le cluster ; usage avec mention du cluster",
            "Des silhouettes autour d’une table",
        ),
        # What was seen in the workshops of the member is not shown.
        ("story", "figures", "provider"),
        (
            "lessons",
            "Merci de dire ce que vous feriez autrement, sans nommer le membre pilote.",
            "Tout s’est bien passé.",
        ),
    ),
    survey=SurveyWords(
        "1",
        "3",
        "0",
        "Trois étapes sur six sont engagées. (Inventé.)",
        "Demandé à la direction du membre pilote.",
    ),
    returned_plan=(
        "Cinq journées pour un seul atelier : que couvrent-elles ?",
        "Une ligne reste à revoir : voyez la remarque.",
        "5.00",
    ),
    offers=(
        QuoteWords(
            "Carthage Conseil (demonstration)",
            "Anis Gharbi",
            "410",
            "Cinq journées dans les ateliers, des relevés avec les équipes, puis la feuille de route.",
            "Quatre diagnostics dans l’industrie depuis 2020. (Inventé.)",
            "4.5",
        ),
        QuoteWords(
            "Medjerda Conseil (demonstration)",
            "Olfa Hammami",
            "400",
            "Un questionnaire, une visite, et un rapport.",
            "Des diagnostics dans l’agroalimentaire. (Inventé.)",
            "3",
        ),
        QuoteWords(
            "Zaghouan Expertise (demonstration)",
            "Slim Ferjani",
            "340",
            "Une enquête en ligne, puis un rapport.",
            "Aucun atelier de textile à ce jour. (Inventé.)",
            "2",
        ),
    ),
    why_chosen="Le moins cher ne vient pas dans les ateliers ; l’offre choisie y passe cinq journées.",
    light="Les ateliers ferment en août : la suite est convenue avec le membre pilote.",
    mission="Un cluster de la fabrication de textiles techniques.",
)
