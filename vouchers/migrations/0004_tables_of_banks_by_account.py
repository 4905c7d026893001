"""A table of a bank is kept once for each account that it is said to be of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0003_quotes_are_sealed")]

    operations = [
        migrations.AlterField(
            model_name="bankfile",
            name="sha256",
            field=models.CharField(max_length=64, verbose_name="SHA-256"),
        ),
        migrations.AddConstraint(
            model_name="bankfile",
            constraint=models.UniqueConstraint(
                fields=("sha256", "account"),
                name="a_file_of_the_bank_is_kept_once",
                violation_error_message="Somebody else has just uploaded this file.",
            ),
        ),
    ]
