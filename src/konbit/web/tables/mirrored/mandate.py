"""The tables of `konbit.dossier.tables.mandate`, line by line.

The mission, who takes part, documents, ceilings, places.
"""

from __future__ import annotations

from konbit.dossier.tables import mandate as rows
from konbit.web.bridge.lines import line
from konbit.web.tables.mirrored.base import Mirrored, MirroredFact


class Mission(Mirrored):
    """Mission."""

    ROW = rows.Mission

    code = line(ROW, "code")
    title = line(ROW, "title")
    country = line(ROW, "country")
    currency = line(ROW, "currency")
    horizon_months = line(ROW, "horizon_months")
    scenario = line(ROW, "scenario")
    operational_lag_months = line(ROW, "operational_lag_months")
    minimum_stay_months = line(ROW, "minimum_stay_months")
    disclaimer = line(ROW, "disclaimer")

    class Meta(Mirrored.Meta):
        db_table = "tables_missions"


class Organisation(MirroredFact):
    """Organisations."""

    ROW = rows.Organisation

    code = line(ROW, "code")
    title = line(ROW, "title")
    kind = line(ROW, "kind")
    role = line(ROW, "role")
    distance_km = line(ROW, "distance_km")

    class Meta(MirroredFact.Meta):
        db_table = "tables_organisations"


class Document(MirroredFact):
    """Documents."""

    ROW = rows.Document

    code = line(ROW, "code")
    symbol = line(ROW, "symbol")
    title = line(ROW, "title")
    kind = line(ROW, "kind")
    body = line(ROW, "body")
    adopted_on = line(ROW, "adopted_on")
    valid_until_on = line(ROW, "valid_until_on")
    votes_for = line(ROW, "votes_for")
    votes_against = line(ROW, "votes_against")
    abstentions = line(ROW, "abstentions")
    adopted_by = line(ROW, "adopted_by")
    answers = line(ROW, "answers")
    renews = line(ROW, "renews")
    text_seen = line(ROW, "text_seen")
    summary = line(ROW, "summary")

    class Meta(MirroredFact.Meta):
        db_table = "tables_documents"


class Paragraph(MirroredFact):
    """Paragraphs."""

    ROW = rows.Paragraph

    code = line(ROW, "code")
    document = line(ROW, "document")
    parent = line(ROW, "parent")
    number = line(ROW, "number")
    number_status = line(ROW, "number_status")
    verb = line(ROW, "verb")
    force = line(ROW, "force")
    addressee = line(ROW, "addressee")
    substance = line(ROW, "substance")
    theme = line(ROW, "theme")

    class Meta(MirroredFact.Meta):
        db_table = "tables_paragraphs"


class Ceiling(MirroredFact):
    """Ceilings."""

    ROW = rows.Ceiling

    code = line(ROW, "code")
    component = line(ROW, "component")
    strength_persons = line(ROW, "strength_persons")
    from_on = line(ROW, "from_on")
    until_on = line(ROW, "until_on")
    kind = line(ROW, "kind")
    paragraph = line(ROW, "paragraph")
    document = line(ROW, "document")

    class Meta(MirroredFact.Meta):
        db_table = "tables_ceilings"


class Location(MirroredFact):
    """Locations."""

    ROW = rows.Location

    code = line(ROW, "code")
    title = line(ROW, "title")
    kind = line(ROW, "kind")
    pcode = line(ROW, "pcode")
    parent = line(ROW, "parent")
    latitude = line(ROW, "latitude")
    longitude = line(ROW, "longitude")
    outline = line(ROW, "outline")

    class Meta(MirroredFact.Meta):
        db_table = "tables_locations"
