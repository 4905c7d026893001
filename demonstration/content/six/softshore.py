"""Lebanon SoftShore Cluster: export strategies and business plans for new markets."""

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

SOFTSHORE = VoucherWords(
    language="en",
    provider="Litani Advisory (demonstration)",
    expert="Karim Sour",
    meeting=MeetingWords(
        "Which markets, and with which members",
        "1. Where members sell today\n2. Three markets to look at\n3. What a business plan must answer",
        "Most members live from one or two customers abroad. They want to choose markets together "
        "rather than follow chance requests. (Made up for the demonstration.)",
        "Lina Khater, member of the board (demonstration)",
    ),
    needs=(
        NeedWords(
            "internationalisation",
            "Export strategies: members expand to new markets.",
            evidence="Two of three members have a single customer abroad. (Made up.)",
            existing="Stands at fairs that members share.",
        ),
        NeedWords("finance", "Business plans for the coming years.", existing="Yearly budgets."),
        NeedWords(
            "communication",
            "A common way to present the software houses to buyers.",
            "low",
            existing="A website with one page for each member.",
        ),
    ),
    decisions="Two markets are studied, not three, so that each member leaves with a plan of its own. "
    "(Made up for the demonstration.)",
    remark_on_needs="We agree. Please note that small members cannot travel for the sessions.",
    aim="Support the expansion of the members to new markets: export strategies are set for two "
    "markets, and business plans for the coming years are written with the members.",
    objectives=(
        ObjectiveWords(
            "The members know which two markets to enter together, with what, and in which order.",
            ("internationalisation", "communication"),
            ("Study of two markets with the members", "Workshop: strategy for each market"),
        ),
        ObjectiveWords(
            "Eight members have a business plan for three years, with prices and cash.",
            ("finance",),
            ("Coaching: a business plan for each member", "A panel of bankers and buyers"),
        ),
    ),
    steps=(
        StepWords(
            "Export strategies",
            "Karim Sour, with a working group of eight members",
            "4.50",
            "450",
            (("other", "Market data of two countries, one year", "380"),),
            "Export strategy for two markets",
            "For each market: buyers, prices, partners, rules on data, and the first five steps.",
            (
                SessionWords("8", 0, 8, "What members sell, to whom, and at which price."),
                SessionWords("7.5", 0, 8, "Market one: buyers, rates, rules on personal data."),
                SessionWords("8", 0, 7, "Market two: partners and public tenders."),
                SessionWords("6", 1, 14, "The two strategies discussed by all members.", "Beirut"),
                SessionWords("6.5", 1, 8, "Who takes which of the first five steps, until when."),
            ),
        ),
        StepWords(
            "Business plans for the coming years",
            "Karim Sour, with each member",
            "4.00",
            "450",
            (("fixed", "Workbook for plans, with a model of cash", "700"),),
            "Eight business plans, and the workbook",
            "Eight plans for three years, each with prices, people, cash and risks; the plans stay "
            "with the members.",
            (
                SessionWords("7.5", 2, 2, "Plans of the first two members."),
                SessionWords("8", 2, 4, "Plans of four members: prices and people."),
                SessionWords(
                    "8", 2, 4, "Cash over three years; what if the largest customer leaves."
                ),
                SessionWords("8", 3, 16, "Eight plans before two bankers and a buyer.", "Beirut"),
            ),
            (
                PointWords(
                    "Workbook, sheet “Cash”",
                    "The sheet counts in pounds alone; members invoice in dollars and euros.",
                    "It takes three currencies, with a rate for each month.",
                ),
            ),
            "Sheet “Cash” takes three currencies.",
            returned_by="cluster",
        ),
    ),
    aims=(
        AimWords(
            "Business plans written",
            "plans",
            "0",
            "8",
            "8",
            "9",
            "Plans that were shown to the panel. (Made up.)",
            "Table of contents of each plan",
        ),
        AimWords(
            "New markets with a first customer",
            "markets",
            "0",
            "2",
            "1",
            "2",
            "Orders that members told us of. (Made up.)",
            "Two letters of customers",
        ),
        AimWords(
            "Members that use the new service",
            "members",
            "0",
            "12",
            "10",
            "12",
            "Members that use the common study of markets. (Made up.)",
            "List of participants, kept by the cluster",
            code="MEMB",
        ),
    ),
    amendment=AmendmentWords(
        "extension",
        "Members are at a fair in the month of the panel: the plans are shown three weeks later.",
        more_time=21,
    ),
    messages=(
        ("cluster", "May members who only join online be counted as participants?"),
        ("partner", "Yes, if the list of the session names them."),
        (
            "programme",
            "A note for all clusters: keep the list of participants with the record, five years.",
        ),
        ("cluster", "Understood, we keep the lists of the conference tool as well."),
    ),
    report=ReportWords(
        "Export strategies and business plans for the coming years were set with the members.",
        "The members have a way to expand to new markets: two strategies that they share, and eight "
        "plans of their own.",
        "Two houses that used to compete for the same customer now offer together in one of the new "
        "markets: one builds, the other runs it. (Made up for the demonstration.)",
        "Plans are read when somebody from outside asks questions: the panel changed more than the "
        "coaching. (Made up for the demonstration.)",
        29,
        9,
        4,
        "Knows software and asks for figures; short of time in the last month.",
        PictureWords(
            "Members before the panel (drawn for the demonstration)",
            "The cluster; free to use with its name",
            "Figures around a table",
        ),
        # The name of the consultant and the pictures stay with the members.
        ("story", "figures"),
    ),
    survey=SurveyWords(
        "6",
        "9",
        "1",
        "Five of the eight plans were shown to a bank. (Made up.)",
        "Each member was asked by telephone.",
    ),
    light="The panel is moved because of the fair; plans of six members are ready.",
)
