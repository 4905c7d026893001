"""Give the form of each earlier call its one section, a key to each question, and a place for files.

The triggers that freeze open calls and sent applications stand aside for it: nothing that applicants
were told changes, it is only written down in the new shape.
"""

from django.db import migrations

TABLES = ("section", "question", "questionevent", "attachment", "attachmentevent")

FILL = """
INSERT INTO vouchers_section (call_id, position, title, help_text)
SELECT id, 1, '{"en": "Application", "fr": "Candidature", "ar": "الطلب"}', ''
FROM vouchers_call;

UPDATE vouchers_question q SET section_id = s.id, key = 'question-' || q.position
FROM vouchers_section s WHERE s.call_id = q.call_id;
UPDATE vouchers_questionevent q SET section_id = s.id, key = 'question-' || q.position
FROM vouchers_section s WHERE s.call_id = q.call_id;

INSERT INTO vouchers_question (
    call_id, section_id, position, key, kind, text, help_text, required, options, max_files,
    depends_value
)
SELECT c.id, s.id,
    1 + COALESCE((SELECT MAX(position) FROM vouchers_question WHERE call_id = c.id), 0),
    'documents', 'file',
    '{"en": "Supporting documents", "fr": "Pièces justificatives", "ar": "الوثائق الداعمة"}',
    '', TRUE, '', c.max_files, ''
FROM vouchers_call c JOIN vouchers_section s ON s.call_id = c.id;

UPDATE vouchers_attachment t SET question_id = q.id
FROM vouchers_application a JOIN vouchers_question q ON q.call_id = a.call_id AND q.kind = 'file'
WHERE a.id = t.application_id;
UPDATE vouchers_attachmentevent t SET question_id = q.id
FROM vouchers_application a JOIN vouchers_question q ON q.call_id = a.call_id AND q.kind = 'file'
WHERE a.id = t.application_id;
"""


def triggers(word: str) -> str:
    return "".join(f"ALTER TABLE vouchers_{table} {word} TRIGGER USER;" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0002_intake")]

    operations = [
        migrations.RunSQL(triggers("DISABLE"), triggers("ENABLE")),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        # Deferred checks must run before the triggers may be switched on again.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;"),
        migrations.RunSQL(triggers("ENABLE"), triggers("DISABLE")),
    ]
