"""Views of lists that people keep."""

from .statements import another, change, heading, rule

heading("Saved views")
rule(
    "Nobody has two views of one name for a list, however it is written.",
    another("saved_views_savedview", "view", name="LATE"),
    "one_view_of_a_name",
)
for says, name in (("A view has a name.", " "), ("Its name is one line.", "Late\nview")):
    rule(
        says,
        another("saved_views_savedview", "view", name=name),
        "a_view_has_a_name_on_one_line",
    )
rule(
    "It is shared in one country among officers alone.",
    change("saved_views_savedview", "view", "role = 'auditor', country_code = 'LB'"),
    "views_are_shared_in_a_country_among_officers",
)
rule(
    "It does not become a view of another list.",
    change("saved_views_savedview", "view", "of = 'payments:claim_list'"),
    "never changes",
)
rule(
    "Nor another person's.",
    change("saved_views_savedview", "view", "owner_id = %(auditor)s"),
    "never changes",
)
rule(
    "A list begins with one view.",
    another("saved_views_firstview", "first_view"),
    "a_list_begins_with_one_view",
)
rule(
    "It begins with a view of its own.",
    another("saved_views_firstview", "first_view", of="payments:claim_list"),
    "a_first_view_is_of_its_list",
)
