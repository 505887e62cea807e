"""Every code of a finding about a user's data, with the names of the values its sentence needs.

Where a finding is (table, row, column) is no value: it stands before the sentence. Days are ISO
8601, amounts are written with their currency, counts are whole numbers. A `suggestion` is the
nearest name that exists, empty when none is near.
"""

from __future__ import annotations

_READING: dict[str, tuple[str, ...]] = {
    "file-not-found": ("path",),
    "not-a-dossier": ("path",),
    "not-a-plan": ("path",),
    "plan-descriptor-missing": ("file", "path"),
    "plan-descriptor-broken": ("file", "path"),
    "plan-value-broken": ("file", "name"),
    "plan-table-missing": ("path",),
    "file-too-large": ("limit_mb", "size_mb"),
    "zip-bomb": ("detail",),
    "encoding-unreadable": (),
    "encoding-guessed": ("encoding",),
    "table-unknown": ("name", "suggestion"),
    "table-twice": ("name",),
    "column-unknown": ("suggestion",),
    "column-missing": (),
    "row-duplicate": (),
    "formula-in-cell": (),
    "formula-without-value": (),
    "formula-like-text": (),
    "more-findings": ("count",),
    "column-duplicate": (),
    "cells-outside-columns": (),
    "quotes-broken": (),
    "control-character": (),
    "table-too-large": ("limit_columns", "limit_rows"),
}

_CELLS: dict[str, tuple[str, ...]] = {
    "cell-empty": (),
    "cell-merged": (),
    "choice-unknown": ("choices", "suggestion", "value"),
    "currency-missing": ("value",),
    "date-out-of-range": ("earliest", "latest", "value"),
    "money-too-fine": ("currency", "value"),
    "not-above": ("minimum", "value"),
    "not-code": ("suggestion", "value"),
    "not-country": ("value",),
    "not-currency": ("suggestion", "value"),
    "not-date": ("suggestion", "value"),
    "not-integer": ("suggestion", "value"),
    "not-number": ("suggestion", "value"),
    "not-pcode": ("value",),
    "not-yes-or-no": ("value",),
    "number-ambiguous": ("value",),
    "share-in-percent": ("share", "value"),
    "text-too-long": ("length", "longest"),
    "too-large": ("maximum", "value"),
    "too-small": ("minimum", "value"),
}

_REFERENCES: dict[str, tuple[str, ...]] = {
    "mission-count": ("count",),
    "reference-missing": ("suggestion", "tables", "value"),
    # Rows that hold on the day, but what they refer to is not used or not known by then.
    "reference-not-known": ("as_of_on", "count", "value"),
    # A row that needs a fund, site or funding model because of what its other cells say.
    "fund-missing": (),
    "site-missing": (),
    "funding-model-missing": (),
    "cycle": ("path",),
    "alternative-missing": ("suggestion", "value"),
    "earmark-rule-table": ("dimension", "value"),
}

_EVENTS: dict[str, tuple[str, ...]] = {
    "period-reversed": ("from_on", "until_on"),
    # `stage` on `on` comes after `earlier_stage` in the order of stages, but before it in time.
    "stage-out-of-order": ("earlier_on", "earlier_stage", "on", "stage"),
    "arrival-in-future": ("as_of_on", "on", "units"),
    "counts-on-future-money": ("as_of_on", "on"),
}

_UNITS: dict[str, tuple[str, ...]] = {
    "more-units-than-offered": ("offered_units", "stage", "units"),
    "departed-more-than-arrived": ("arrived_units", "departed_units", "on"),
    "ceiling-exceeded": ("ceiling_persons", "component", "deployed_persons", "on"),
    "offers-above-ceiling": ("ceiling_persons", "component", "offered_persons", "on"),
    "ceilings-overlap": ("component", "other"),
    "offer-without-readiness": (),
    "unit-without-strength": (),
    # Units were verified or at work, but no arrival is recorded: they are not counted as deployed.
    "arrival-missing": ("on", "stage"),
    # Another offer takes the place of this one, which still has units to give: counted twice.
    "replaced-but-open": ("other", "units"),
    "lead-time-backwards": ("stage_from", "stage_to"),
    "lead-time-uneven": ("high", "likely", "low"),
}

_ROTATION: dict[str, tuple[str, ...]] = {
    "overlap-and-gap": ("gap_months", "overlap_months"),
    "relief-without-tour": (),
    "overlap-beyond-tour": ("overlap_months", "tour_months"),
    # The oldest of `units` contingents came in `month`.
    "tour-over": ("month", "tour_months", "units"),
    "serviceability-rises": ("before", "share", "since_arrival_months"),
    "pool-share-rises": ("lowest_share", "serviceable_share"),
}

_UNCERTAINTY: dict[str, tuple[str, ...]] = {
    "prior-incomplete": ("kind",),
    "prior-uneven": ("high", "likely", "low"),
    "prior-above-one": ("value",),
    "prior-double": ("kind", "other"),
}

_MONEY: dict[str, tuple[str, ...]] = {
    "received-above-signed": ("promised", "received", "stage"),
    "frozen-above-received": ("frozen", "received"),
    "possible-reannouncement": ("amount", "days", "other"),
    "exchange-rate-missing": ("currency_from", "currency_to", "on"),
    "beside-the-fund": ("fund", "instrument"),
    "part-of-other-instrument": ("instrument", "other", "other_instrument"),
    "budget-fund-not-assessed": ("fund",),
    "earmark-unusable": (),
    "earmark-window-over": ("as_of_on", "until_on"),
    "cost-head-without-rate": (),
    "payer-missing": ("cost_head", "funding_model"),
    "paid-above-approved": ("approved", "paid"),
    "arrears-without-limit": (),
    "arrears-above-limit": ("limit", "owed"),
}

_REQUIREMENTS: dict[str, tuple[str, ...]] = {
    "requirement-without-offer": ("capability",),
    "enabler-without-requirement": ("enabler", "enables"),
    "enabler-not-flagged": (),
    "enabler-flag-unused": (),
    "measure-not-persons": ("measure",),
    "smaller-than-one-unit": ("available", "smallest_unit"),
    "place-too-fine": ("value",),
}

_MANDATE: dict[str, tuple[str, ...]] = {
    "done-without-evidence": (),
    "answered-without-day": (),
    "day-before-adoption": ("adopted_on", "on"),
    "paragraph-without-owner": ("force",),
    "link-row-table": ("linked_table", "value"),
    "cycle-two-rhythms": (),
}

_SOURCES: dict[str, tuple[str, ...]] = {
    "source-missing": (),
    "basis-missing": ("confidence",),
    "unused-without-reason": (),
    "placeholder-in-use": ("count",),
}

_SCENARIOS: dict[str, tuple[str, ...]] = {
    "scenario-unknown": ("scenario", "suggestion"),
    "edit-table-unknown": ("suggestion", "value"),
    "edit-row-unknown": ("edited_table", "suggestion", "value"),
    "edit-column-unknown": ("edited_table", "suggestion", "value"),
    # The edited column is part of the row's key, by which the row is found.
    "edit-of-key": ("edited_column", "edited_table"),
}

# Raised by the planner about its own plan.
_PLANS: dict[str, tuple[str, ...]] = {
    "nothing-required": ("on",),
    "nothing-stated": (),
    "no-requirement": (),
    "nothing-priced": (),
    "rate-not-positive": ("currency_from", "currency_to", "value"),
    "people-sent-home": ("deployed_persons", "month", "persons"),
    "gap-open": ("gap_percent",),
    "ended-early": (),
    "ended-in-time": (),
    "tries-ended": (),
    "gains-near-plan": (),
    "gains-not-tried": (),
    "too-large-for-futures": ("most_columns", "whole_columns"),
}

# Raised about a shock that cannot be replayed on a dossier.
_SHOCKS: dict[str, tuple[str, ...]] = {
    "shock-unknown": ("suggestion", "tables", "value"),
    "shock-not-known": ("as_of_on",),
    "shock-outside-plan": ("first", "last", "month"),
    "shock-twice": (),
    "shock-too-many-units": ("asked", "units"),
    # The shock would change nothing.
    "shock-nothing-cash": ("value",),
    "shock-nothing-left": ("value",),
    "shock-nothing-assessed": ("value",),
    "shock-nothing-lift": ("value",),
    "shock-nothing-delay": ("value",),
    "shock-nothing-units": ("value",),
}

# Raised about a fund's public export; the row is a record's number or a checkpoint's file.
_EXPORTS: dict[str, tuple[str, ...]] = {
    "export-line": (),
    "export-rule": ("rule",),
    "export-checkpoint": (),
    "export-history": (),
    "export-cut-off": ("count", "size"),
    "export-empty": (),
    "export-unsigned": (),
    "export-unsigned-end": ("first",),
    "export-key": ("key",),
    "export-nothing-claimed": ("on",),
}

FINDING_CODES: dict[str, tuple[str, ...]] = {
    **_READING,
    **_CELLS,
    **_REFERENCES,
    **_EVENTS,
    **_UNITS,
    **_ROTATION,
    **_UNCERTAINTY,
    **_MONEY,
    **_REQUIREMENTS,
    **_MANDATE,
    **_SOURCES,
    **_SCENARIOS,
    **_PLANS,
    **_SHOCKS,
    **_EXPORTS,
}
