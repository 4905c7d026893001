"""QOOT Cluster: procedures and manuals, and a closer relation with universities."""

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

QOOT = VoucherWords(
    language="en",
    provider="Cedar Consulting (demonstration)",
    expert="Nour Haddad",
    meeting=MeetingWords(
        "What QOOT needs, theme by theme",
        "1. How the office works today, and what is written down\n"
        "2. What members and universities ask of each other\n"
        "3. What five thousand euros can change within a year",
        "The office answers most requests from memory: two people know how things are done. "
        "Members would like students and laboratories, and do not know whom to call. "
        "(Made up for the demonstration.)",
        "Farah Daou, dean of a faculty of agriculture (demonstration)",
    ),
    needs=(
        NeedWords(
            "governance",
            "Procedures and manuals.",
            evidence="No procedure is written; two people know how things are done. (Made up.)",
            existing="The statutes, and templates of letters.",
        ),
        NeedWords(
            "services",
            "A quicker transfer of knowledge between members and partners.",
            "medium",
            existing="A newsletter, and a group of members on a messaging service.",
        ),
        NeedWords(
            "innovation",
            "A closer relationship with universities, and better linkages between academia and "
            "industry.",
            evidence="Three requests of members to a laboratory stayed without an answer. (Made up.)",
        ),
    ),
    decisions="Procedures come first, because the agreements with universities build on them. The "
    "cluster sends its plan within three weeks. (Made up for the demonstration.)",
    remark_on_needs="Please add that members also ask universities for interns, not for research only.",
    aim="A consultant creates procedures and manuals for the cluster, enhances the relationship with "
    "universities and improves the linkages between academia and industry, so that knowledge moves "
    "faster between members and partners.",
    objectives=(
        ObjectiveWords(
            "Whoever joins the office can run the services of the cluster from its manuals.",
            ("governance",),
            ("Interviews with the office and six members", "Drafting the manuals with the office"),
        ),
        ObjectiveWords(
            "A request of a member to a university gets an answer, and becomes a project or a no.",
            ("services", "innovation"),
            ("Round table of members and faculties", "A desk for requests to universities"),
        ),
    ),
    steps=(
        StepWords(
            "Procedures and manuals",
            "Nour Haddad, with the office of the cluster",
            "4.50",
            "430",
            (("fixed", "Layout and print of the manuals", "465"),),
            "Manual of procedures, in two volumes",
            "Twelve procedures: members, events, funding, purchases, data. Each on two pages with its "
            "form.",
            (
                SessionWords("8", 0, 5, "How requests, events and fees are handled today."),
                SessionWords(
                    "7.5", 0, 8, "Six members told what they ask of the office.", "Beirut"
                ),
                SessionWords("8", 1, 4, "Drafts of the procedures on members and events."),
                SessionWords("6", 1, 4, "Drafts of the procedures on purchases and funding."),
                SessionWords("6.5", 1, 9, "The office tried the manual on three real requests."),
            ),
            (
                PointWords(
                    "Volume 2, page 7",
                    "Who signs a purchase above 1,000 EUR is not said.",
                    "The board does; page 7 says so now.",
                ),
                PointWords(
                    "Annex",
                    "A drawing of how a request travels would help new colleagues.",
                    "It follows with the second deliverable, once the desk is tried.",
                    is_done=False,
                ),
            ),
            "Signatures are on page 7; all forms carry a number.",
        ),
        StepWords(
            "A plan for the links with universities",
            "Nour Haddad, with two faculties",
            "4.00",
            "430",
            (("travel", "Visits to four universities", "525"),),
            "Plan for the links with universities, with a model agreement",
            "How a request of a member reaches a laboratory, who answers within ten days, and a model "
            "agreement for internships and tests.",
            (
                SessionWords(
                    "7.5", 2, 18, "Members and four faculties: what each can offer.", "Beirut"
                ),
                SessionWords("8", 2, 6, "The model agreement, with two faculties.", "Zahlé"),
                SessionWords("8", 3, 5, "Who answers a request, and within how many days."),
                SessionWords("8", 3, 11, "The desk for requests, tried with five members."),
            ),
        ),
    ),
    aims=(
        AimWords(
            "Written procedures in use",
            "procedures",
            "0",
            "10",
            "12",
            "12",
            "Counted in the manual that the board adopted. (Made up.)",
            "Manual of procedures, minutes of the board",
        ),
        AimWords(
            "Partnerships signed",
            "partnerships",
            "1",
            "4",
            "3",
            "5",
            "Two faculties signed, a third before the voucher. (Made up.)",
            "Model agreement with signatures",
            code="PART",
        ),
        AimWords(
            "Members that use the new service",
            "members",
            "0",
            "12",
            "9",
            "15",
            "Members that sent a request through the desk. (Made up.)",
            "List of the desk",
            code="MEMB",
        ),
    ),
    amendment=AmendmentWords(
        "budget",
        "Two of the four faculties come to Beirut: less travel, and half a day more of the expert for "
        "the model agreement.",
        days="4.50",
        rest=("310",),
    ),
    messages=(
        (
            "cluster",
            "One of the faculties is only free on Saturdays. May a session be held then, and logged as "
            "any other?",
        ),
        (
            "partner",
            "Yes: any day within the voucher. Eight hours of one expert on one date at most.",
        ),
        ("cluster", "Thank you. The round table is on Saturday the week after next, then."),
    ),
    report=ReportWords(
        "A consultant created procedures and manuals for the cluster, and a plan for its links with "
        "universities with a model agreement.",
        "Closer relations with universities, better linkages between academia and industry, and "
        "quicker transfer of knowledge between members and partners.",
        "A maker of dried fruit asked the new desk why her packs lost their crispness. A faculty "
        "answered within a week, and two students made it their thesis. (Made up for the "
        "demonstration.)",
        "Write the procedures with those who use them: what the consultant drafted alone was rewritten "
        "twice. (Made up for the demonstration.)",
        34,
        15,
        5,
        "Well prepared, patient with the office, and there between the sessions too.",
        PictureWords(
            "Round table of members and faculties (drawn for the demonstration)",
            "The cluster; free to use",
            "Figures around a table",
        ),
        ("story", "figures", "pictures", "provider"),
        (
            "results",
            "Please say in words that everybody understands what is better now, for whom.",
            "The processes were formalised and the academic linkages operationalised.",
        ),
    ),
    survey=SurveyWords(
        "4",
        "6.5",
        "2",
        "The office runs on its manual, and two more faculties signed. (Made up.)",
        "Counted by the office in the list of the desk.",
    ),
    returned_plan=(
        "What do these days hold? Half a day less would do, if the office types the forms itself.",
        "One line is open: see the remark at the days of the first milestone.",
        "5.00",
    ),
    offers=(
        QuoteWords(
            "Cedar Consulting (demonstration)",
            "Rania Haddad",
            "430",
            "We interview the office and six members, draft with them, and try the manual on real "
            "requests before we hand it in.",
            "Manuals for two associations of producers, a transfer office of a faculty. (Made up.)",
            "4.5",
        ),
        QuoteWords(
            "Litani Advisory (demonstration)",
            "Karim Sour",
            "425",
            "Two workshops, and templates of procedures that the office fills in.",
            "Quality manuals for four firms. (Made up.)",
            "3",
        ),
        QuoteWords(
            "Byblos Partners (demonstration)",
            "Joe Aoun",
            "360",
            "An online survey, then a manual from our library.",
            "None with clusters or universities so far. (Made up.)",
            "2",
        ),
    ),
    why_chosen="The cheapest hands in a manual from its library and has not worked with universities; "
    "the chosen one tries each procedure with the office.",
    light="I spoke to the manager: the printer is late by a week, the manual itself is accepted.",
)
