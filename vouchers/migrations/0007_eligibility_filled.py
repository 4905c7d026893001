"""Give calls without a checklist the four rules that every check had, and each check its findings.

A call that has rules already, but checks from before, gets for each rule what the four answers tell.
"""

from django.db import migrations

RULES = """
INSERT INTO vouchers_eligibilityrule (call_id, position, kind, text)
SELECT c.id, rule.position, rule.kind, rule.text
FROM vouchers_call c CROSS JOIN (VALUES
    (1, 'by_hand', '{"en": "The applicant is an association of firms and institutions.", "fr": "Le candidat est une association d’entreprises et d’institutions.", "ar": "مقدّم الطلب جمعية تضم شركات ومؤسسات."}'),
    (2, 'country', '{"en": "It is established in the country.", "fr": "Il est établi dans le pays.", "ar": "مقره في البلد."}'),
    (3, 'complete', '{"en": "The application is complete.", "fr": "La candidature est complète.", "ar": "الطلب مكتمل."}'),
    (4, 'by_hand', '{"en": "No other Union funding pays for the same activities.", "fr": "Aucun autre financement de l’Union ne couvre les mêmes activités.", "ar": "لا يموّل الاتحاد الأنشطة نفسها من مصدر آخر."}')
) AS rule(position, kind, text)
WHERE NOT EXISTS (SELECT 1 FROM vouchers_eligibilityrule r WHERE r.call_id = c.id);
"""

FINDINGS = """
WITH told AS (
    SELECT k.id AS check_id, k.outcome, k.reason, r.id AS rule_id,
        MIN(r.position) OVER (PARTITION BY k.id) = r.position AS is_first,
        CASE
            WHEN r.kind = 'country' THEN k.is_established_in_country
            WHEN r.kind = 'complete' THEN k.is_complete
            WHEN r.kind <> 'by_hand' THEN TRUE
            WHEN r.position = 1 THEN k.is_association
            ELSE k.has_no_double_funding
        END AS met
    FROM vouchers_eligibilitycheck k
    JOIN vouchers_application a ON a.id = k.application_id
    JOIN vouchers_eligibilityrule r ON r.call_id = a.call_id
), settled AS (
    SELECT *, outcome = 'eligible' OR (
        met AND NOT (is_first AND bool_and(met) OVER (PARTITION BY check_id))
    ) AS holds
    FROM told
)
INSERT INTO vouchers_finding (eligibility_check_id, rule_id, automatic, basis, result, reason)
SELECT check_id, rule_id, '', '',
    CASE WHEN holds THEN 'met' ELSE 'not_met' END,
    CASE WHEN holds THEN '' ELSE reason END
FROM settled;
"""


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0006_eligibility")]

    operations = [
        # What applicants were told does not change: it is only written down in the new shape.
        migrations.RunSQL(
            "ALTER TABLE vouchers_eligibilityrule DISABLE TRIGGER USER;",
            "ALTER TABLE vouchers_eligibilityrule ENABLE TRIGGER USER;",
        ),
        migrations.RunSQL(RULES, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;"),
        migrations.RunSQL(
            "ALTER TABLE vouchers_eligibilityrule ENABLE TRIGGER USER;",
            "ALTER TABLE vouchers_eligibilityrule DISABLE TRIGGER USER;",
        ),
        migrations.RunSQL(FINDINGS, migrations.RunSQL.noop),
    ]
