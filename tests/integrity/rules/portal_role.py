"""The role as which the portal works, and history."""

from .statements import DENIED, NEITHER, OWNERS, heading, rule

heading("The role")
rule("No table is emptied.", "TRUNCATE vouchers_ledgerentry CASCADE", DENIED)
rule("No table is made.", "CREATE TABLE mine (number int)", DENIED)
rule("Not even for the session.", "CREATE TEMPORARY TABLE mine (number int)", DENIED)
rule("No table is changed.", "ALTER TABLE vouchers_claim DROP COLUMN paid_by_id", OWNERS)
rule("No table is dropped.", "DROP TABLE vouchers_claim CASCADE", OWNERS)
rule("No trigger is switched off.", "ALTER TABLE vouchers_claim DISABLE TRIGGER ALL", OWNERS)
rule("Nor all of them at once.", "SET session_replication_role = replica", DENIED)
rule(
    "Nor by the variable that the trigger library reads.",
    "SELECT set_config('pgtrigger.ignore', '{%(append_only_trigger)s}', true);"
    " DELETE FROM vouchers_ledgerentry",
    NEITHER,
)
rule("No function is replaced.", "DROP FUNCTION _pgh_attach_context()", OWNERS)
rule("Nobody becomes the owner.", "SET ROLE portal_owner", DENIED)
rule("Nobody gives rights to anybody.", "ALTER ROLE portal SUPERUSER", DENIED)

heading("History")
rule(
    "Who did it, in which action and why stands once the transaction has ended.",
    """UPDATE pghistory_context SET metadata = '{"user": 1}'""",
    DENIED,
)
rule("It is not taken away.", "DELETE FROM pghistory_context", DENIED)
rule("Nor emptied.", "TRUNCATE pghistory_context CASCADE", DENIED)
rule("What happened is not rewritten.", "UPDATE vouchers_claimevent SET amount = 1", DENIED)
rule("Nor taken away.", "DELETE FROM vouchers_claimevent", DENIED)
rule("Nor emptied.", "TRUNCATE vouchers_claimevent", DENIED)
rule(
    "Nothing is added that did not happen.",
    "INSERT INTO vouchers_claimevent SELECT * FROM vouchers_claimevent",
    DENIED,
)
rule(
    "Where it is found again is not rewritten.",
    "UPDATE conduct_trace SET person = 1",
    DENIED,
)
rule("Nor taken away.", "DELETE FROM conduct_trace", DENIED)
rule(
    "Nor added to.",
    "INSERT INTO conduct_trace SELECT * FROM conduct_trace",
    DENIED,
)
rule(
    "Which migrations ran is the owner's to say.",
    "DELETE FROM django_migrations",
    DENIED,
)
