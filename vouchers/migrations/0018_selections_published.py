"""Rounds that were approved before publication had an instant of its own were published with it."""

from django.db import migrations, models

# Feedback first: it is fixed once its selection is published.
FORWARD = """
    INSERT INTO vouchers_feedback (decision_id, reasons, version)
        SELECT d.id, '', 0 FROM vouchers_decision d
        JOIN vouchers_selectionround r ON r.id = d.selection_round_id
        WHERE r.state IN ('proposed', 'approved');
    UPDATE vouchers_selectionround
        SET state = 'published', publish_at = decided_at, published_at = decided_at
        WHERE state = 'approved';
"""


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0017_selection_widened")]

    operations = [
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='selectionround',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'returned']), ('publish_at__isnull', False), _connector='OR'), name='an_approved_selection_says_when_it_is_published'),
        ),
        migrations.AddConstraint(
            model_name='selectionround',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', False), ('state', 'published')), models.Q(models.Q(('state', 'published'), _negated=True), ('published_at', None)), _connector='OR'), name='a_published_selection_has_its_instant'),
        ),
    ]
