"""What the forms of earlier calls have been given must be there from now on."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0003_intake_filled")]

    operations = [
        migrations.AlterField(
            model_name='attachment',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='vouchers.question', verbose_name='question'),
        ),
        migrations.AlterField(
            model_name='attachmentevent',
            name='question',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vouchers.question', verbose_name='question'),
        ),
        migrations.AlterField(
            model_name='question',
            name='key',
            field=models.SlugField(max_length=40, verbose_name='key'),
        ),
        migrations.AlterField(
            model_name='questionevent',
            name='key',
            field=models.SlugField(db_index=False, max_length=40, verbose_name='key'),
        ),
        migrations.AlterField(
            model_name='question',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='vouchers.section', verbose_name='section'),
        ),
        migrations.AlterField(
            model_name='questionevent',
            name='section',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vouchers.section', verbose_name='section'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('section', 'position'), name='one_question_per_position'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(fields=('call', 'key'), name='one_question_per_key', violation_error_message='Another question of this call has this key.'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('depends_on', None), ('depends_value', '')), models.Q(('depends_on__isnull', False), models.Q(('depends_value', ''), _negated=True)), _connector='OR'), name='a_condition_names_question_and_option', violation_error_message='A condition needs a question and one of its options.'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('min_value', None), ('max_value', None), ('min_value__lte', models.F('max_value')), _connector='OR'), name='least_is_below_most', violation_error_message='The least must not be above the most.'),
        ),
    ]
