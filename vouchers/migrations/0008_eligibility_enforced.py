"""The four answers of earlier checks stand in their findings now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0007_eligibility_filled")]

    operations = [
        migrations.RemoveConstraint(
            model_name='eligibilitycheck',
            name='ineligibility_has_a_reason',
        ),
        migrations.RemoveConstraint(
            model_name='eligibilitycheck',
            name='eligible_means_every_rule_is_met',
        ),
        migrations.RemoveField(
            model_name='eligibilitycheck',
            name='has_no_double_funding',
        ),
        migrations.RemoveField(
            model_name='eligibilitycheck',
            name='is_association',
        ),
        migrations.RemoveField(
            model_name='eligibilitycheck',
            name='is_complete',
        ),
        migrations.RemoveField(
            model_name='eligibilitycheck',
            name='is_established_in_country',
        ),
        migrations.RemoveField(
            model_name='eligibilitycheckevent',
            name='has_no_double_funding',
        ),
        migrations.RemoveField(
            model_name='eligibilitycheckevent',
            name='is_association',
        ),
        migrations.RemoveField(
            model_name='eligibilitycheckevent',
            name='is_complete',
        ),
        migrations.RemoveField(
            model_name='eligibilitycheckevent',
            name='is_established_in_country',
        ),
    ]
