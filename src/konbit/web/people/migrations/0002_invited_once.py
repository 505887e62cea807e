"""Of an address, one invitation of an organisation is open at a time: the newest."""

from django.db import migrations, models

_TAKE_BACK = """UPDATE people_invitation SET revoked_at = clock_timestamp()
WHERE accepted_at IS NULL AND revoked_at IS NULL AND EXISTS (SELECT FROM people_invitation n
WHERE n.organisation_id = people_invitation.organisation_id AND n.email = people_invitation.email
AND n.accepted_at IS NULL AND n.revoked_at IS NULL AND n.id > people_invitation.id)"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RunSQL(_TAKE_BACK, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("accepted_at__isnull", True), ("revoked_at__isnull", True)),
                fields=("organisation", "email"),
                name="invited_once",
            ),
        ),
    ]
