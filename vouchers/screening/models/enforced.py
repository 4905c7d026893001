"""What PostgreSQL holds of screenings, as SQL that other rooms put into their own triggers.

A payee is clear where no list is in force yet, or where a screening stands that was made against the
list in force, of the names that are borne now, within the days that the call allows, and all of whose
hits are cleared.
"""

from __future__ import annotations

import pgtrigger
from django.utils.translation import gettext_lazy as _

# Who puts a list in force waits for those who rest on the one before, and they for it.
LOCK = 714_601

# The names by which a payee is screened, in the order of their code points; `{id}` is its key.
NAMES = {
    "provider": """
        SELECT name AS n FROM vouchers_provider WHERE id = {id}
        UNION SELECT own_name FROM vouchers_provider WHERE id = {id}
        UNION SELECT name FROM vouchers_beneficialowner WHERE provider_id = {id}""",
    "cluster": r"""
        SELECT name AS n FROM clusters_cluster WHERE id = {id}
        UNION SELECT legal_name FROM clusters_cluster WHERE id = {id}
        UNION SELECT legal_representative FROM clusters_cluster WHERE id = {id}
        UNION SELECT btrim(regexp_split_to_table(aliases, E'[\r\n]+'), ' ')
            FROM clusters_cluster WHERE id = {id}""",
}

_CLEAR = """
    PERFORM pg_advisory_xact_lock_shared({lock});
    SELECT id INTO in_force FROM vouchers_sanctionslist
        WHERE in_force_at IS NOT NULL ORDER BY in_force_at DESC LIMIT 1;
    IF in_force IS NOT NULL THEN
        SELECT s.id INTO standing FROM vouchers_screening s
            WHERE s.{payee}_id = {id} AND s.ended_at IS NULL AND s.sanctions_list_id = in_force
                AND s.screened_at > clock_timestamp() - make_interval(days => ({days})::int)
                AND s.names = ARRAY(
                    SELECT n::text FROM ({names}) borne WHERE n <> '' ORDER BY n COLLATE "C"
                )
            FOR SHARE;
        IF standing IS NULL OR EXISTS (
            SELECT FROM vouchers_sanctionshit WHERE screening_id = standing AND state <> 'cleared'
        ) THEN
            RAISE EXCEPTION '{told}' USING
                ERRCODE = 'integrity_constraint_violation', CONSTRAINT = '{constraint}';
        END IF;
    END IF;
    RETURN NEW;
"""


def needs_clear_screening(
    name: str,
    *,
    operation: pgtrigger.Operation,
    condition: pgtrigger.Condition | None = None,
    payee: str,
    key: str,
    days: str,
    constraint: str,
) -> pgtrigger.Trigger:
    """A trigger that refuses a row, under the name of `constraint`, while its payee is not clear.

    `payee` is one of NAMES; `key` and `days` (how long a screening counts) are SQL over NEW.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        condition=condition,
        func=_CLEAR.format(
            lock=LOCK,
            payee=payee,
            id=key,
            days=days,
            names=NAMES[payee].format(id=key),
            told=f"a {payee} is screened before money is promised or paid",
            constraint=constraint,
        ),
        declare=[("in_force", "bigint"), ("standing", "bigint")],
    )


NOT_SCREENED = _(
    "The payee is not cleared against the list of sanctions in force: somebody must be screened, or a "
    "likeness decided on, first."
)

# Which list is in force follows from when each was put in force; none gives way to an older one.
PUT_IN_FORCE = f"""
    PERFORM pg_advisory_xact_lock({LOCK});
    IF EXISTS (
        SELECT FROM vouchers_sanctionslist
        WHERE in_force_at IS NOT NULL AND (listed_on > NEW.listed_on OR in_force_at >= NEW.in_force_at)
    ) THEN
        RAISE EXCEPTION 'a newer list is in force' USING
            ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'no_list_gives_way_to_an_older';
    END IF;
    RETURN NEW;
"""

# A likeness is cleared by the word of one person, a strong one, or one that was held for the same,
# by that of two; it is held for the same by the word of one. A screening made anew takes over what was
# decided about the same name and the same entry of the list.
AS_DECIDED = """
    IF NEW.state = OLD.state THEN RETURN NEW; END IF;
    IF OLD.state = 'open' AND EXISTS (
        SELECT FROM vouchers_sanctionshit before
        JOIN vouchers_screening earlier ON earlier.id = before.screening_id
        JOIN vouchers_screening later ON later.id = NEW.screening_id
        JOIN vouchers_listedentity was ON was.id = before.entity_id
        JOIN vouchers_listedentity it ON it.id = NEW.entity_id
        JOIN vouchers_listedname named ON named.id = before.alias_id
        JOIN vouchers_listedname naming ON naming.id = NEW.alias_id
        WHERE before.id = NEW.carried_from_id AND before.state = NEW.state
            AND before.name = NEW.name AND was.reference = it.reference
            AND named.name = naming.name AND was.births = it.births
            AND earlier.provider_id IS NOT DISTINCT FROM later.provider_id
            AND earlier.cluster_id IS NOT DISTINCT FROM later.cluster_id
    ) THEN RETURN NEW; END IF;
    SELECT count(DISTINCT decided_by_id) FILTER (WHERE verdict = 'other'),
            count(*) FILTER (WHERE verdict = 'same') INTO apart, alike
        FROM vouchers_hitdecision WHERE hit_id = NEW.id;
    SELECT CASE WHEN NEW.score >= two_people_from OR alike > 0 THEN 2 ELSE 1 END INTO wanted
        FROM vouchers_screening WHERE id = NEW.screening_id;
    IF NEW.state = 'half' AND apart > 0 OR NEW.state = 'cleared' AND apart >= wanted
        OR NEW.state = 'same' AND alike > 0
    THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'a likeness is decided by people' USING
        ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_likeness_is_decided_by_people';
"""
