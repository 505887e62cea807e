"""What is done on the server stands in the history too, with a name and a reason."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_invited_once")]

    operations = [
        migrations.AlterField(
            model_name="peopleentry",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="peopleentry",
            name="operator",
            field=models.TextField(blank=True, db_default=""),
        ),
        migrations.AddField(
            model_name="peopleentry",
            name="why",
            field=models.TextField(blank=True, db_default=""),
        ),
        migrations.AddConstraint(
            model_name="peopleentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by__isnull", False), ("operator", "")),
                    models.Q(
                        ("by__isnull", True),
                        models.Q(("operator", ""), _negated=True),
                        models.Q(("why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="people_entry_has_a_name",
            ),
        ),
    ]
