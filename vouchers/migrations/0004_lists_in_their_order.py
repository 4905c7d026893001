"""Lists of money and of assistance have an index in each of their orders."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0001_initial"),
        ("vouchers", "0003_quotes_are_sealed"),
    ]

    operations = [
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['cluster_name', 'id'], name='applications_by_name'),
        ),
        migrations.AddIndex(
            model_name="correction",
            index=models.Index(fields=["-amount", "-id"], name="corrections_largest"),
        ),
        migrations.AddIndex(
            model_name="ledgeraccount",
            index=models.Index(fields=["reference", "id"], name="accounts_by_reference"),
        ),
        migrations.AddIndex(
            model_name="ledgeraccount",
            index=models.Index(fields=["-debits", "id"], name="accounts_largest"),
        ),
        migrations.AddIndex(
            model_name="milestone",
            index=models.Index(fields=["due_on", "id"], name="milestones_by_day"),
        ),
        migrations.AddIndex(
            model_name="milestone",
            index=models.Index(fields=["-amount", "-id"], name="milestones_largest"),
        ),
        migrations.AddIndex(
            model_name="paymentbatch",
            index=models.Index(fields=["-proposed_at", "-id"], name="batches_newest"),
        ),
        migrations.AddIndex(
            model_name="paymentbatch",
            index=models.Index(fields=["-total", "-id"], name="batches_largest"),
        ),
        migrations.AddIndex(
            model_name="paymentorder",
            index=models.Index(fields=["-ordered_at", "-id"], name="orders_newest"),
        ),
        migrations.AddIndex(
            model_name="paymentorder",
            index=models.Index(fields=["-amount", "-id"], name="orders_largest"),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["-day", "-id"], name="sessions_newest"),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["-hours", "-id"], name="sessions_longest"),
        ),
    ]
