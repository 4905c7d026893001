"""People and their roles."""

from .statements import CANNOT_DELETE, NOW, after, another, change, delete, heading, rule

heading("People")
rule(
    "A role that was given stays on record.",
    delete("accounts_rolegrant", "grant"),
    CANNOT_DELETE,
)
rule(
    "It is not turned into another.",
    change("accounts_rolegrant", "grant", "role = 'finance'"),
    "never changes",
)
rule(
    "Nor into one that somebody else gave.",
    change("accounts_rolegrant", "grant", "granted_by_id = %(coordinator)s"),
    "never changes",
)
rule(
    "A revoked role does not come back.",
    change("accounts_rolegrant", "revoked_grant", "revoked_at = NULL"),
    "is written once",
)

rule(
    "Nobody gives a role to themselves.",
    another("accounts_rolegrant", "grant", role="auditor", granted_by_id="%(coordinator)s"),
    "nobody_gives_themselves_a_role",
)
for says, role, holder in (
    ("A role that decides needs the word of a second person.", "coordinator", "auditor"),
    ("So does one that pays.", "finance", "auditor"),
    ("So does one that gives roles.", "administrator", "auditor"),
):
    rule(
        says,
        another(
            "accounts_rolegrant",
            "grant",
            user_id=f"%({holder})s",
            role=role,
            granted_by_id="%(administrator)s",
            confirmed_by_id=None,
            confirmed_at=None,
        ),
        "weighty_roles_are_confirmed",
    )
for says, second in (
    ("The second person is not the one who gave it.", "administrator"),
    ("Nor the one who gets it.", "auditor"),
):
    rule(
        says,
        another(
            "accounts_rolegrant",
            "grant",
            user_id="%(auditor)s",
            role="finance",
            granted_by_id="%(administrator)s",
            confirmed_by_id=f"%({second})s",
            confirmed_at=NOW,
        ),
        "a_third_person_confirms_a_role",
    )
rule(
    "An invitation to such a role is not taken up before a second person confirmed it.",
    change(
        "accounts_invitation", "invitation", "accepted_by_id = %(auditor)s, accepted_at = now()"
    ),
    "weighty_invitations_are_confirmed_first",
)
rule(
    "Nobody confirms the invitation that they sent.",
    change(
        "accounts_invitation",
        "invitation",
        "confirmed_by_id = invited_by_id, confirmed_at = now()",
    ),
    "somebody_else_confirms_an_invitation",
)
for says, taker in (
    ("Nobody takes up the role that they sent.", "invited_by_id"),
    ("Nor the one that they confirmed.", "%(coordinator)s"),
):
    rule(
        says,
        change(
            "accounts_invitation",
            "invitation",
            "confirmed_by_id = %(coordinator)s, confirmed_at = now(),"
            f" accepted_by_id = {taker}, accepted_at = now()",
        ),
        "nobody_takes_up_what_they_offered",
    )
rule(
    "An invitation is not turned into one to another role.",
    change("accounts_invitation", "invitation", "role = 'auditor'"),
    "never changes",
)
for says, role, country in (
    ("No administrator is a coordinator.", "coordinator", ""),
    ("Nor a country-partner officer.", "officer", "LB"),
    ("Nor a finance officer.", "finance", ""),
):
    rule(
        says,
        another(
            "accounts_rolegrant",
            "grant",
            user_id="%(administrator)s",
            role=role,
            country_code=country,
        ),
        f"Nobody may be administrator and {role} at once",
    )
rule(
    "Nobody holds two roles that the programme's policy keeps apart.",
    another("accounts_rolegrant", "grant", role="finance"),
    "Nobody may be coordinator and finance at once",
)
EXCLUDED = (
    "INSERT INTO accounts_roleexclusion (first, second, reason, decided_at)"
    " VALUES ('auditor', 'coordinator', 'x', now())"
)
rule(
    "No two roles are kept apart while somebody holds both.",
    after(another("accounts_rolegrant", "grant", role="auditor"), EXCLUDED),
    "Somebody is auditor and coordinator now",
)
rule(
    "That two roles are kept apart stays on record.",
    "DELETE FROM accounts_roleexclusion",
    CANNOT_DELETE,
)
rule(
    "Nor does a pair become another.",
    "UPDATE accounts_roleexclusion SET second = 'officer'",
    "never changes",
)
rule(
    "A pair that was lifted does not come back.",
    after(
        "UPDATE accounts_roleexclusion SET lifted_at = now()",
        "UPDATE accounts_roleexclusion SET lifted_at = NULL",
    ),
    "is written once",
)
rule(
    "Who represents a cluster holds no role.",
    another("accounts_rolegrant", "grant", user_id="%(manager)s", role="assessor"),
    "Who represents a cluster holds no role",
)
rule(
    "Who holds a role represents no cluster.",
    another("clusters_representative", "representative", user_id="%(assessor)s"),
    "Who holds a role represents no cluster",
)
rule(
    "Nor takes the place of somebody who does.",
    change("clusters_representative", "representative", "user_id = %(assessor)s"),
    "Who holds a role represents no cluster",
)
rule(
    "A name is one line.",
    change("accounts_user", "coordinator", "full_name = concat('Maya', chr(10), 'Khoury')"),
    "a_name_is_one_line",
)
for says, second in (
    ("Another administrator confirms that second factors are taken off an account.", "asked_by_id"),
    ("Not the one whose account it is.", "person_id"),
):
    rule(
        says,
        change(
            "accounts_factorreset", "reset", f"confirmed_by_id = {second}, confirmed_at = now()"
        ),
        "a_second_administrator_confirms_a_reset",
    )
rule(
    "Nobody asks for that on their own account.",
    another("accounts_factorreset", "reset", person_id="%(administrator)s"),
    "nobody_resets_their_own_factors",
)
