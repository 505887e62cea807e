"""Numbers that no mission reaches are refused by the database too, and rates of nothing."""

import konbit.web.bridge.lines
from django.db import migrations

from konbit.web.bridge.checks import AlterChecked
from konbit.web.bridge.together import Together


class Migration(migrations.Migration):

    dependencies = [
        ('tables', '0004_arrears'),
    ]

    operations = [
        AlterChecked(
            model_name='buildingoption',
            name='adds_persons',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 1 AND {0} <= 10000000'),
        ),
        AlterChecked(
            model_name='ceiling',
            name='strength_persons',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 10000000'),
        ),
        AlterChecked(
            model_name='contribution',
            name='quantity',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 10000000', null=True),
        ),
        AlterChecked(
            model_name='document',
            name='abstentions',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 10000000', null=True),
        ),
        AlterChecked(
            model_name='document',
            name='votes_against',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 10000000', null=True),
        ),
        AlterChecked(
            model_name='document',
            name='votes_for',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 10000000', null=True),
        ),
        AlterChecked(
            model_name='equipmentpool',
            name='quantity',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 10000000'),
        ),
        AlterChecked(
            model_name='exchangerate',
            name='rate',
            field=konbit.web.bridge.lines.ExactLine(check='{0} > 0 AND {0} <= 1000000000', decimal_places=12, max_digits=30),
        ),
        AlterChecked(
            model_name='leadtime',
            name='high_months',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 600'),
        ),
        AlterChecked(
            model_name='leadtime',
            name='likely_months',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 600'),
        ),
        AlterChecked(
            model_name='leadtime',
            name='low_months',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 600'),
        ),
        AlterChecked(
            model_name='lift',
            name='cargo_tonnes_per_month',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 10000000'),
        ),
        AlterChecked(
            model_name='lift',
            name='passengers_per_month',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 10000000'),
        ),
        AlterChecked(
            model_name='offer',
            name='cargo_tonnes',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 10000000'),
        ),
        AlterChecked(
            model_name='offer',
            name='gap_months',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 600', null=True),
        ),
        AlterChecked(
            model_name='offer',
            name='overlap_months',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 600', null=True),
        ),
        AlterChecked(
            model_name='offer',
            name='quantity',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 10000000'),
        ),
        AlterChecked(
            model_name='offer',
            name='strength_persons',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 10000000'),
        ),
        AlterChecked(
            model_name='offer',
            name='tour_months',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 1 AND {0} <= 600', null=True),
        ),
        AlterChecked(
            model_name='offercapability',
            name='quantity',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 10000000'),
        ),
        AlterChecked(
            model_name='offerequipment',
            name='brings',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 10000000'),
        ),
        AlterChecked(
            model_name='offerequipment',
            name='quantity',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 10000000'),
        ),
        AlterChecked(
            model_name='organisation',
            name='distance_km',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 20040', null=True),
        ),
        AlterChecked(
            model_name='requirement',
            name='quantity',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 1 AND {0} <= 10000000'),
        ),
        AlterChecked(
            model_name='serviceability',
            name='since_arrival_months',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 1 AND {0} <= 600'),
        ),
        AlterChecked(
            model_name='site',
            name='capacity_persons',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 10000000'),
        ),
        AlterChecked(
            model_name='site',
            name='critical_mass_persons',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 10000000'),
        ),
        AlterChecked(
            model_name='site',
            name='limit_persons',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 10000000', null=True),
        ),
        AlterChecked(
            model_name='sitecapacity',
            name='capacity_persons',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 10000000'),
        ),
        AlterChecked(
            model_name='substitution',
            name='share',
            field=konbit.web.bridge.lines.ExactLine(check='{0} >= 0 AND {0} <= 1000', decimal_places=12, max_digits=30),
        ),
        AlterChecked(
            model_name='trackrecord',
            name='quantity',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 10000000', null=True),
        ),
        AlterChecked(
            model_name='unitevent',
            name='strength_persons',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 10000000', null=True),
        ),
        AlterChecked(
            model_name='unitevent',
            name='units',
            field=konbit.web.bridge.lines.WholeLine(check='{0} >= 0 AND {0} <= 10000000'),
        ),
    ]


Migration.operations = [Together(Migration.operations)]
