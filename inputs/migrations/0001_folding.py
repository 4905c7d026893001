"""The functions by which PostgreSQL folds texts as inputs.rules.folding does; a test holds both together."""

from django.db import migrations

CREATE = r"""
    CREATE FUNCTION folded(text) RETURNS text
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
        RETURN CASE
            -- Most texts need little.
            WHEN octet_length($1) = length($1)
                THEN lower(replace(replace($1, '''', ''), '`', '') COLLATE "pg_c_utf8")
            -- `translate` would look for each letter among all of them: many times slower.
            ELSE
                replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
                replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
                replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
                replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
                replace(replace(replace(replace(replace(replace(replace(replace(replace(
                lower(
                    regexp_replace(
                        normalize(replace($1, '´', ''), NFKD),
                        '[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc'
                        '\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08ff\u1ab0-\u1aff'
                        '\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u0640\u00ad\u061c\u180e'
                        '\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u0027\u0060'
                        '\u00b4\u2018\u2019\u201b\u2032\uff07\u02b9\u02bb\u02bc\u02bd\u02be'
                        '\u02bf\u02c8]',
                        '',
                        'g'
                    ) COLLATE "pg_c_utf8"
                ),
                '٠', '0'), '١', '1'), '٢', '2'), '٣', '3'), '٤', '4'), '٥', '5'),
                '٦', '6'), '٧', '7'), '٨', '8'), '٩', '9'), '۰', '0'), '۱', '1'),
                '۲', '2'), '۳', '3'), '۴', '4'), '۵', '5'), '۶', '6'), '۷', '7'),
                '۸', '8'), '۹', '9'), 'ٱ', 'ا'), 'ة', 'ه'), 'ى', 'ي'), 'ی', 'ي'),
                'ې', 'ي'), 'ک', 'ك'), 'گ', 'ك'), 'ڤ', 'ف'), 'پ', 'ب'), 'ø', 'o'),
                'ł', 'l'), 'đ', 'd'), 'ð', 'd'), 'ı', 'i'), 'ħ', 'h'), 'ŋ', 'n'),
                'ς', 'σ'), '‐', '-'), '‑', '-'), '‒', '-'), '–', '-'), '—', '-'),
                '―', '-'), '−', '-'), '⁃', '-'), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'),
                'þ', 'th')
            END;

    CREATE FUNCTION code_form(text) RETURNS text
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
        RETURN regexp_replace(
            folded($1),
            '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007f\u0085\u1680'
            '\u2028\u2029\u060c\u061b\u066a-\u066d\u00b7\u2022]',
            '',
            'g'
        );
"""
DROP = "DROP FUNCTION code_form(text); DROP FUNCTION folded(text);"


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [migrations.RunSQL(CREATE, DROP)]
