"""What a database is made of, object by object, so that two can be held against each other."""

from __future__ import annotations

import re

from django.db.backends.base.base import BaseDatabaseWrapper

# As jsonb writes a timestamp.
_MOMENT = re.compile(r'"\d{4}-\d\d-\d\dT[^"]*"')

# PostgreSQL writes `state IN ('a', 'b')` of a varchar in one way, and in another once it has read that.
_LITERAL = r"'(?:[^']|'')*'::character varying"
_CAST_TOGETHER = re.compile(rf"\((ARRAY\[{_LITERAL}(?:, {_LITERAL})*\])\)::text\[\]")
_CAST_EACH = re.compile(rf"\(({_LITERAL})\)::text")

Objects = dict[str, str]

# Each names an object and says all of it that somebody could have made otherwise. What extensions
# bring is theirs; moments of rows differ by nature.
_QUERIES = {
    "database": """
        SELECT 'rights', datacl::text FROM pg_database WHERE datname = current_database()
    """,
    "schema": """
        SELECT nspname, concat_ws(' ', pg_get_userbyid(nspowner), nspacl::text)
        FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
    """,
    "extension": "SELECT extname, extnamespace::regnamespace::text FROM pg_extension",
    "table": """
        SELECT relname, concat_ws(' ', relkind, relpersistence, relreplident, relrowsecurity,
            relforcerowsecurity, reloptions::text, relhastriggers, pg_get_userbyid(relowner),
            relacl::text, obj_description(oid, 'pg_class'),
            CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) END)
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind <> 'i'
    """,
    "column": """
        SELECT attrelid::regclass || '.' || attname, concat_ws(' ',
            row_number() OVER (PARTITION BY attrelid ORDER BY attnum),
            format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated, attstorage,
            attcompression, attstattarget, attcollation::regcollation, attacl::text,
            pg_get_expr(adbin, adrelid), col_description(attrelid, attnum))
        FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid AND relnamespace = 'public'::regnamespace
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE attnum > 0 AND relkind <> 'i' AND NOT attisdropped
    """,
    "constraint": """
        SELECT conrelid::regclass || ' ' || conname,
            concat_ws(' ', pg_get_constraintdef(oid), convalidated, conindid::regclass)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    """,
    "index": """
        SELECT indexrelid::regclass::text, concat_ws(' ', pg_get_indexdef(indexrelid), indisvalid,
            indisclustered, indisreplident)
        FROM pg_index
        JOIN pg_class ON pg_class.oid = indexrelid AND relnamespace = 'public'::regnamespace
    """,
    "trigger": """
        SELECT tgrelid::regclass || ' ' || tgname, concat_ws(' ', pg_get_triggerdef(pg_trigger.oid),
            tgenabled, obj_description(pg_trigger.oid, 'pg_trigger'))
        FROM pg_trigger
        JOIN pg_class ON pg_class.oid = tgrelid AND relnamespace = 'public'::regnamespace
        WHERE NOT tgisinternal
    """,
    "function": """
        SELECT oid::regprocedure::text,
            concat_ws(' ', pg_get_functiondef(oid), pg_get_userbyid(proowner), proacl::text)
        FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND prokind <> 'a' AND NOT EXISTS (
            SELECT FROM pg_depend
            WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e'
        )
    """,
    "type": """
        SELECT oid::regtype::text, concat_ws(' ', typtype, typacl::text, (
            SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum
            WHERE enumtypid = pg_type.oid
        ))
        FROM pg_type
        WHERE typnamespace = 'public'::regnamespace AND typtype <> 'b' AND NOT EXISTS (
            SELECT FROM pg_depend
            WHERE classid = 'pg_type'::regclass AND objid = pg_type.oid AND deptype = 'e'
        )
    """,
    "sequence": """
        SELECT sequencename, concat_ws(' ', data_type, start_value, min_value, max_value, increment_by,
            cycle, cache_size, last_value,
            (SELECT concat_ws(' ', refobjid::regclass, refobjsubid, deptype) FROM pg_depend
                WHERE classid = 'pg_class'::regclass AND objid = quote_ident(sequencename)::regclass
                AND deptype IN ('a', 'i')))
        FROM pg_sequences WHERE schemaname = 'public'
    """,
    "policy": "SELECT tablename || ' ' || policyname, pg_policies::text FROM pg_policies",
    "rule": "SELECT tablename || ' ' || rulename, definition FROM pg_rules WHERE schemaname = 'public'",
    "default right": """
        SELECT concat_ws(' ', pg_get_userbyid(defaclrole), defaclobjtype), defaclacl::text
        FROM pg_default_acl
    """,
}


def objects_of(connection: BaseDatabaseWrapper) -> Objects:
    """Every object and every row of a database, as what it is called and all that it is."""
    found: Objects = {}
    with connection.cursor() as cursor:
        for kind, query in _QUERIES.items():
            cursor.execute(query)
            found.update(
                {f"{kind} {name}": _one_way(definition or "") for name, definition in cursor}
            )
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f"SELECT to_jsonb(t)::text FROM public.{connection.ops.quote_name(table)} t"
            )
            rows = sorted(_MOMENT.sub('"a moment"', row) for (row,) in cursor.fetchall())
            found.update({f"row {n} of {table}": row for n, row in enumerate(rows, start=1)})
    return found


def _one_way(definition: str) -> str:
    return _CAST_EACH.sub(r"\1", _CAST_TOGETHER.sub(r"\1", definition))


def differences(first: Objects, second: Objects) -> list[str]:
    """What the second database has otherwise than the first, one line for each object."""
    return [
        f"{name}: {first.get(name, 'none')} / {second.get(name, 'none')}"
        for name in sorted(first.keys() | second.keys())
        if first.get(name) != second.get(name)
    ]
