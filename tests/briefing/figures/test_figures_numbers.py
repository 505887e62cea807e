"""Each figure shows the numbers of the plan, all of them, and says the chief ones."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from every_figure import every_figure
from konbit.briefing.figures.bottleneck_bars import bottleneck_bars
from konbit.briefing.figures.coverage_heat_map import coverage_heat_map
from konbit.briefing.figures.gantt import MOST_ROWS, gantt
from konbit.briefing.figures.mission_map import mission_map
from konbit.briefing.figures.money_by_stage import money_by_stage, needs_by_fund
from konbit.briefing.figures.rotation import MOST_LANES, rotation
from konbit.briefing.figures.runway import MOST_PANELS, runway
from konbit.briefing.figures.s_curve import s_curve
from konbit.briefing.words import Words
from konbit.dossier.dossier import Dossier
from konbit.dossier.tables.mandate import Location
from konbit.terms import Money
from sample_dossier import CEILING, MODELS, MONTHS, NEEDS, sample_dossier
from sample_plan import sample_comparison, sample_plan

if TYPE_CHECKING:
    from konbit.briefing.figures.figure import Figure

ENGLISH = Words("en")
PLAN = sample_plan()
DOSSIER = sample_dossier()
FIGURES = every_figure(ENGLISH)


def layer(figure: Figure, name: str) -> list[dict[str, Any]]:
    """The data of a named layer."""
    found = [part for part in figure.spec["layer"] if part.get("name") == name]
    assert len(found) == 1
    values: list[dict[str, Any]] = found[0]["data"]["values"]
    return values


def test_the_s_curve_has_five_counts_beside_the_need_for_each_month() -> None:
    figure = FIGURES["s-curve"]
    assert len(figure.table.rows) == len(PLAN.headcounts)
    last = PLAN.headcounts[-1]
    assert figure.table.rows[-1] == (
        "March 2027", "plan", CEILING, 980, 855, 855, last.deployed_persons, 855,
    )  # fmt: skip
    assert figure.table.rows[0][-1] is None  # effective strength of the past is not known
    for number in ("March 2027", "1,200", "980", "855"):
        assert number in figure.alt


def test_an_unknown_head_count_interrupts_the_line_and_never_becomes_zero() -> None:
    drawn = layer(FIGURES["s-curve"], "effective")
    assert {point["from"] for point in drawn} == {"plan"}
    gap = [
        replace(row, ceiling_persons=None) if row.month == "2026-06" else row
        for row in PLAN.headcounts
    ]
    figure = s_curve(replace(PLAN, headcounts=tuple(gap)), ENGLISH)
    ceiling = layer(figure, "ceiling")
    assert "2026-06" not in {point["month"] for point in ceiling}
    assert len({point["run"] for point in ceiling}) == 2


def test_an_as_of_day_outside_the_months_shown_draws_no_border() -> None:
    planned = tuple(row for row in PLAN.headcounts if row.kind == "plan")
    figure = s_curve(replace(PLAN, headcounts=planned), ENGLISH)
    assert "as of" not in figure.to_json()


def test_money_stands_by_stage_and_need_and_no_bar_adds_two_stages() -> None:
    figure = FIGURES["money-by-stage"]
    bars = layer(figure, "bars")
    needs = needs_by_fund(PLAN)
    amounts = {row.amount.amount_minor for row in PLAN.money_stages if row.amount}
    assert len(bars) == len(PLAN.money_stages) + len(needs) == len(figure.table.rows)
    assert {bar["length"] for bar in bars} == amounts | set(needs.values())
    assert all(bar["x"] == 0 for bar in bars)  # no bar begins where another ends


def test_need_is_all_that_funds_pay_with_support_cost_and_nobody_elses() -> None:
    voluntary = sample_plan("voluntary")
    needs = needs_by_fund(voluntary)
    assert list(needs) == ["TF"]
    paid = sum(
        row.amount.amount_minor
        for row in voluntary.payments
        if row.kind == "pay" and row.fund == "TF" and row.amount
    )
    assert needs["TF"] == paid


def test_money_says_received_and_need() -> None:
    alt = FIGURES["money-by-stage"].alt
    assert "USD 29 M" in alt
    assert "USD 27.3 M" in alt


def test_an_unknown_stage_or_holder_is_shown_by_its_code() -> None:
    figure = money_by_stage(PLAN, ENGLISH)
    assert {row[0] for row in figure.table.rows} == {"TF", "AB", "Bilateral, beside the funds"}


def test_the_gantt_has_a_row_for_each_capability_and_site() -> None:
    figure = FIGURES["gantt"]
    assert len(figure.table.rows) == len(NEEDS)
    assert {row[0] for row in figure.table.rows} == {"Operations", "Support"}
    harbour = next(row for row in figure.table.rows if row[2] == "Harbour base")
    assert harbour[3:] == ("August 2026", "March 2027", "300 persons", "81%")
    assert all(row["y2"] - row["y"] <= 14 for row in layer(figure, "secured"))


def test_rotation_has_a_bar_for_each_contingent_in_turn_above_and_below() -> None:
    figure = FIGURES["rotation"]
    rows = PLAN.contingents
    assert len(figure.table.rows) == len(rows)
    bars = [*layer(figure, "first"), *layer(figure, "reliefs")]
    assert len(bars) == len(rows)
    reliefs = [row for row in rows if row.kind == "relief"]
    assert len(layer(figure, "reliefs")) == len(layer(figure, "relieved")) == len(reliefs)
    # the helicopter is away for a month twice: a dotted line as long as a month each time
    kept = [row["x2"] - row["x"] for row in layer(figure, "kept")]
    tour = next(bar for bar in bars if bar["name"] == "Helicopter with crew, Capital base")
    assert len(kept) == 2
    assert all(abs(3 * width - (tour["x2"] - tour["x"])) <= 3 for width in kept)
    # police stand beside their relief for a month: two bars of a lane over each other, not in one
    police = [bar for bar in bars if bar["name"] == "Formed police unit, Capital base"]
    crossing = [
        (one, other)
        for one in police
        for other in police
        if one is not other and one["x"] < other["x2"] and other["x"] < one["x2"]
    ]
    assert crossing
    assert all(one["y2"] <= other["y"] or other["y2"] <= one["y"] for one, other in crossing)
    assert "9" in figure.alt
    assert "1,100" in figure.alt


def test_rotation_names_an_offer_once_at_a_site_and_nobody_who_is_gone() -> None:
    row = next(row for row in PLAN.contingents if row.kind == "first")
    there = replace(row, unit=f"{row.offer}@{row.site}", kind="there", arrived="2025-01")
    gone = replace(there, offer="gone", unit=f"gone@{row.site}", until=str(PLAN.first_month))
    figure = rotation(replace(PLAN, contingents=(row, there, gone)), DOSSIER, ENGLISH)
    (name,) = {bar["name"] for bar in layer(figure, "first")}
    texts = [
        value["text"]
        for part in figure.spec["layer"]
        if {"text", "color"} <= part["encoding"].keys()
        for value in part["data"]["values"]
    ]
    assert texts.count(name) == 1
    assert len(layer(figure, "first")) == 2
    assert not any("gone" in text for text in texts)
    # In the table they are told.
    assert len(figure.table.rows) == 3


def test_too_many_lanes_leave_those_who_are_relieved() -> None:
    row = next(row for row in PLAN.contingents if row.kind == "first")
    many = [replace(row, unit=f"u{n}", due="2030-01") for n in range(MOST_LANES)]
    figure = rotation(replace(PLAN, contingents=(*PLAN.contingents, *many)), DOSSIER, ENGLISH)
    assert len(layer(figure, "relieved")) == 7
    assert len(layer(figure, "first")) == len([r for r in PLAN.contingents if r.kind != "relief"])
    assert len(figure.table.rows) == len(PLAN.contingents) + MOST_LANES


def test_too_many_sites_are_taken_together_by_capability() -> None:
    row = PLAN.coverage[0]
    many = tuple(replace(row, requirement=f"N{i}", site=f"site-{i}") for i in range(MOST_ROWS + 1))
    figure = gantt(replace(PLAN, coverage=many), DOSSIER, ENGLISH)
    assert [row[2] for row in figure.table.rows] == ["all sites"]


def test_the_heat_map_has_the_weighted_share_and_a_stroke_where_nothing_is_required() -> None:
    rows = {row[0]: row for row in FIGURES["coverage-heat-map"].table.rows}
    assert len(rows["Patrols"]) == 1 + len(MONTHS)
    # August: 450 of 600 at weight 100 and nothing of 300 at weight 60.
    august = [row for row in PLAN.coverage if row.month == "2026-08" and row.capability == "patrol"]
    share = sum(row.share * row.weight for row in august) // sum(row.weight for row in august)
    assert rows["Patrols"][5] == f"{share // 100}%"
    later = tuple(
        row for row in PLAN.coverage if row.capability != "medevac" or row.month > "2026-06"
    )
    figure = coverage_heat_map(replace(PLAN, coverage=later), ENGLISH)
    assert len(layer(figure, "not-required")) == 3
    medevac = next(row for row in figure.table.rows if row[0] == "medevac")
    assert medevac[1:4] == (None, None, None)
    assert "63.2%" in FIGURES["coverage-heat-map"].alt


def test_narrow_heat_maps_share_cells_but_lose_no_month() -> None:
    figure = coverage_heat_map(PLAN, ENGLISH, dossier=DOSSIER, width_px=340)
    assert figure.table.columns[1:] == ("April 2026", "July 2026", "October 2026", "January 2027")
    assert "3 months to a cell" in figure.title


def test_full_is_said_only_when_nothing_is_missing() -> None:
    nearly = tuple(replace(row, share=9_999) for row in PLAN.coverage)
    figure = coverage_heat_map(replace(PLAN, coverage=nearly), ENGLISH)
    assert {cell for row in figure.table.rows for cell in row[1:] if cell} == {"99%"}


def test_bottlenecks_stand_in_order_with_gain_and_bound() -> None:
    figure = FIGURES["bottleneck-bars"]
    assert [row[0] for row in figure.table.rows] == [1, 2, 3, 4]
    assert figure.table.rows[0][1:4] == ("No offer", "16.2", "17.0")
    assert len(layer(figure, "bars")) == len(PLAN.relaxations)
    assert "No offer" in figure.alt
    assert "16.2" in figure.alt


def test_a_loss_is_written_with_its_sign_and_has_no_bar() -> None:
    worse = replace(PLAN.relaxations[0], gain_points=-500_000, upper_points=-200_000)
    figure = bottleneck_bars(replace(PLAN, relaxations=(worse,)), ENGLISH)
    assert figure.table.rows[0][2] == "\u22121.9"
    assert layer(figure, "bars")[0]["x2"] == 0


def test_delay_has_every_point_with_its_bound() -> None:
    figure = FIGURES["cost-of-delay"]
    points = dict(sample_comparison().delays)["assessed"]
    assert [row[1] for row in figure.table.rows] == [point.delay_months for point in points]
    assert figure.table.rows[0][2:] == ("57.9%", "58.5%")
    assert "57.9%" in figure.alt
    assert "24.6%" in figure.alt


def test_scenarios_have_a_panel_each_and_a_row_for_each_month() -> None:
    figure = FIGURES["scenario-strength"]
    assert len(figure.table.rows) == len(MODELS) * len(MONTHS)
    assert "Voluntary from the start 515 deployed and 515 effective" in figure.alt


def test_cost_by_payer_adds_up_to_the_obligations() -> None:
    figure = FIGURES["cost-by-payer"]
    bars = layer(figure, "bars")
    for plan in sample_comparison().plans:
        total = sum(
            row.amount.amount_minor + row.support_cost.amount_minor
            for row in plan.obligations
            if row.amount and row.support_cost
        )
        assert sum(b["length"] for b in bars if b["scenario"] == plan.scenario) == total
    assert len(bars) == len(figure.table.rows)


def test_the_runway_has_a_row_for_each_earmark_and_month() -> None:
    figure = FIGURES["runway"]
    assert len(figure.table.rows) == len(PLAN.cash)
    assert figure.alt == "Free cash lasts until the end of March 2027 in every earmark (2)."
    assert figure.to_json().count("lasts beyond March 2027") == 2


def test_the_runway_says_from_when_nothing_is_free() -> None:
    cash = tuple(
        replace(row, closing=row.set_aside) if row.month >= "2026-10" else row for row in PLAN.cash
    )
    figure = runway(replace(PLAN, cash=cash), ENGLISH, width_px=340)
    assert figure.to_json().count("nothing free from October 2026") == 2
    assert "2 of 2; first TF, without earmark, in October 2026" in figure.alt


def test_more_earmarks_than_panels_are_counted_and_stay_in_the_table() -> None:
    row = PLAN.cash[0]
    purses = tuple(
        replace(row, earmark=f"E{i:02}", opening=Money(i * 10_000_000, "USD"))
        for i in range(MOST_PANELS + 3)
    )
    figure = runway(replace(PLAN, cash=purses), ENGLISH)
    assert len(figure.table.rows) == MOST_PANELS + 3
    assert "Further earmarks in the table: 3." in figure.to_json()


def test_the_map_shows_regions_only_and_rounds_strength_to_fifty() -> None:
    figure = FIGURES["mission-map"]
    assert figure.table.rows == (("North", 300, "300", "100%"), ("South", 680, "550", "70%"))
    exact = sum(row.strength_persons for row in PLAN.presence if row.month == "2026-11")
    assert exact == 855
    drawn = figure.to_json()
    assert "555" not in drawn  # what is rounded away is nowhere in the figure
    assert "Harbour" not in drawn
    assert "Capital" not in drawn
    assert "850" in figure.alt
    assert "980" in figure.alt


def test_a_few_people_are_said_to_be_few() -> None:
    few = tuple(replace(row, strength_persons=4) for row in PLAN.presence)
    figure = mission_map(replace(PLAN, presence=few), DOSSIER, "2026-11", ENGLISH)
    assert {row[2] for row in figure.table.rows} == {"under 25"}


def _with_places(**changes: Any) -> Dossier:
    return Dossier.of(
        replace(row, **changes) if isinstance(row, Location) and row.kind == "region" else row
        for row in DOSSIER.all_rows
    )


def test_a_map_without_outlines_has_rings_and_discs() -> None:
    figure = mission_map(PLAN, _with_places(outline=""), "2026-11", ENGLISH)
    assert "regions" not in {part.get("name") for part in figure.spec["layer"]}
    assert len(layer(figure, "required")) == 2


def test_a_map_of_one_point_is_still_a_map() -> None:
    dossier = _with_places(outline="", latitude=Decimal(1), longitude=Decimal(2))
    figure = mission_map(PLAN, dossier, "2026-11", ENGLISH)
    assert len(layer(figure, "strength")) == 2


def test_regions_without_a_centre_are_labelled_in_the_middle_of_their_outline() -> None:
    figure = mission_map(PLAN, _with_places(latitude=None, longitude=None), "2026-11", ENGLISH)
    assert len(layer(figure, "strength")) == 2


def test_people_in_no_region_are_counted_in_the_table() -> None:
    rows = [row for row in DOSSIER.all_rows if getattr(row, "code", "") != "XX01"]
    figure = mission_map(PLAN, Dossier.of(rows), "2026-11", ENGLISH)
    assert figure.table.rows[-1][:3] == ("In no region", 300, "300")
