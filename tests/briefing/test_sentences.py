from __future__ import annotations

from dataclasses import replace

import pytest

from konbit.briefing import Words, sentences
from konbit.briefing.names import Names
from konbit.dossier.columns import columns_of
from konbit.dossier.plan import Ask, SolveStage
from konbit.dossier.tables.pledge import Offer
from konbit.terms import Money
from sample_dossier import sample_dossier
from sample_plan import sample_plan

WORDS = Words("en")
NAMES = Names(sample_dossier(), WORDS)
KINDS = next(column for column in columns_of(Ask) if column.name == "kind").words


def ask(kind: str, subject: str, **more: object) -> str:
    row = Ask(rank=1, kind=kind, subject=subject, by_month="2026-06")
    return sentences.ask(replace(row, **more), NAMES, WORDS)  # type: ignore[arg-type] # any columns


@pytest.mark.parametrize(
    ("confirmed", "upper", "told"),
    [
        (True, 4_100_000, "from 63.2% to 79.5% of the need."),
        (True, 4_300_000, "from 63.2% to 79.5%\N{EN DASH}80.3% of the need."),
        (False, 4_300_000, "from 63.2% to ≈ 79.5%, ≤ 80.3% of the need."),
    ],
)
def test_the_bottleneck_names_what_lifting_it_gains(confirmed: bool, upper: int, told: str) -> None:
    plan = sample_plan()
    first = replace(plan.relaxations[0], confirmed=confirmed, upper_points=upper)

    assert sentences.bottleneck(replace(plan, relaxations=(first,)), WORDS) == (
        "What holds the plan back most is units that nobody has offered: with them, weighted "
        f"coverage would rise {told}"
    )


def test_what_a_reason_is_about_names_codes_by_title_and_months_in_words() -> None:
    offer = next(row for row in sample_dossier().rows(Offer))
    told = NAMES.offer(offer.code)
    assert NAMES.detail(f"{offer.code} 2027-09") == f"{told}, at work from September 2027"
    assert NAMES.detail(f"{offer.code} 2027-09 {offer.code}") == (
        f"{told}, at work from September 2027; {told}"
    )


def test_a_plan_that_meets_all_or_was_not_tested_says_so() -> None:
    plan = sample_plan()

    met = replace(plan, covered_points=plan.needed_points)
    untested = replace(plan, relaxations=())
    together = replace(plan, relaxations=(replace(plan.relaxations[-1], rank=1),))

    assert sentences.bottleneck(met, WORDS).startswith("Nothing holds the plan back")
    assert "without testing" in sentences.bottleneck(untested, WORDS)
    assert sentences.bottleneck(together, WORDS).startswith("No single limit")


@pytest.mark.parametrize(
    ("kind", "subject", "more", "told"),
    [
        (
            "unit",
            "patrol",
            {"quantity": 150},
            "Patrols: 150 more (persons), in place by June 2026.",
        ),
        (
            "ready",
            "KEN-police",
            {"quantity": 3},
            "Make Kenya: Formed police unit ready sooner, to deploy by June 2026.",
        ),
        (
            "money",
            "TF",
            {"amount": Money(600_000_000, "USD")},
            "USD 6 M in cash without earmark for Trust fund by June 2026.",
        ),
        (
            "unfreeze",
            "G2",
            {"amount": Money(1_330_000_000, "USD")},
            "Set free USD 13.3 M now frozen (Gift G2) by June 2026.",
        ),
        (
            "unearmark",
            "medical",
            {},
            "Widen the earmark “Medical only” by June 2026, so that it can pay for what is short.",
        ),
        (
            "lift",
            "passengers",
            {"quantity": 200},
            "Lift for 200 more passengers each month from June 2026.",
        ),
        (
            "advance",
            "KEN",
            {"amount": Money(500_000_000, "USD")},
            "Kenya agrees by June 2026 to advance USD 5 M more before it is paid back.",
        ),
        (
            "ceiling",
            "C1",
            {"quantity": 200},
            "Raise the ceiling (C1) by 200 people from June 2026.",
        ),
        ("equipment", "armour", {}, "Equipment: armour, by June 2026."),
    ],
)
def test_an_ask_is_one_sentence(
    kind: str, subject: str, more: dict[str, object], told: str
) -> None:
    assert ask(kind, subject, **more) == told


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("subject", ["-", "unknown"])
def test_an_ask_of_every_kind_can_be_said_with_nothing_but_its_subject(
    kind: str, subject: str
) -> None:
    assert "June 2026" in ask(kind, subject)


def test_whom_to_ask_comes_with_the_reasons() -> None:
    row = sample_plan().asks[0]

    assert sentences.whom(row, NAMES, WORDS) == (
        "Canada: has given this capability before, is within reach by lift",
        "United States of America: has given money before",
    )


def test_a_reason_without_words_and_an_organisation_without_reasons_are_kept() -> None:
    row = replace(sample_plan().asks[0], organisations="KEN good-friend; JAM")

    assert sentences.whom(row, NAMES, WORDS) == ("Kenya: good-friend", "Jamaica")


def test_a_gain_says_whether_it_is_confirmed() -> None:
    plan = sample_plan()

    sure = replace(plan.asks[0], gain_upper_points=plan.asks[0].gain_points)
    assert sentences.gain(sure, plan, WORDS) == (
        "Coverage rises by 15.4% of the need, confirmed by planning again in full."
    )
    assert "at most 10.3%" in sentences.gain(plan.asks[1], plan, WORDS)
    assert sentences.gain(replace(plan.asks[0], gain_points=0), plan, WORDS) == (
        "No gain was found by itself."
    )


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "at least 15.4% of the need, at most 16.2%"),
        ("fr", "au moins 15,4 % du besoin, au plus 16,2 %"),
        ("es", "al menos 15,4 % de la necesidad, 16,2 % como máximo"),
        ("ht", "omwen 15,4 % nan bezwen an, 16,2 % pou pi plis"),
    ],
)
def test_where_more_is_possible_a_gain_is_told_from_least_to_most(language: str, told: str) -> None:
    plan, words = sample_plan(), Words(language)

    said = sentences.gain(plan.asks[0], plan, words)
    assert told in said.replace("\xa0", " ").replace("\u202f", " ")
    span = sentences.gain_span(plan.asks[0], plan, words)
    assert span == f"{words.share(1_540)}\N{EN DASH}{words.share(1_620)}"


@pytest.mark.parametrize("language", ["en", "fr", "es", "ht"])
def test_a_lifted_limit_gains_from_least_to_most_too(language: str) -> None:
    plan, words = sample_plan(), Words(language)
    open_gap = replace(plan.relaxations[0], confirmed=True)
    closed = replace(open_gap, upper_points=open_gap.gain_points)

    least, most = words.share(1_620), words.share(1_700)
    assert sentences.gain_span(open_gap, plan, words) == f"{least}\N{EN DASH}{most}"
    assert sentences.gain_span(closed, plan, words) == least
    assert sentences.gain_least(open_gap, plan, words) == least
    assert sentences.gain_least(plan.relaxations[0], plan, words) == f"≈ {least}"


def test_a_few_signs_tell_an_estimate_from_what_is_sure() -> None:
    plan = sample_plan()

    assert sentences.gain_span(plan.asks[1], plan, WORDS) == "≈ 8.3%, ≤ 10.3%"
    sure = replace(plan.asks[0], gain_upper_points=plan.asks[0].gain_points)
    assert sentences.gain_span(sure, plan, WORDS) == "15.4%"


def test_reliance_counts_assumptions_and_placeholders_apart() -> None:
    assert sentences.reliance(sample_plan().reliance, WORDS) == (
        "0 of 8 rows used are assumptions and 4 are placeholders."
    )
    assert sentences.reliance((), WORDS) == "No row used is an assumption or a placeholder."


def test_a_gap_is_rounded_up_and_an_optimum_is_called_one() -> None:
    plan = sample_plan()

    assert "0.8%" in sentences.proof(plan, WORDS)
    tight = replace(plan, stages=(SolveStage("coverage", 9_997, 10_000, 3),))
    # More than three times as much may be possible: that is 240 % of this plan beyond it.
    wide = replace(plan, stages=(SolveStage("coverage", 1_480, 5_032, 7_059),))
    nobody = replace(plan, stages=(SolveStage("coverage", 0, 5_032, 10_000),))
    best = replace(plan, stages=(SolveStage("coverage", 1, 1, 0),))
    assert "0.1%" in sentences.proof(tight, WORDS)
    assert "240%" in sentences.proof(wide, WORDS)
    assert "Not known" in sentences.proof(nobody, WORDS)
    assert sentences.proof(best, WORDS) == "No plan covers more: proven best."
    assert "Not known" in sentences.proof(replace(plan, stages=()), WORDS)


def test_a_plan_that_breaks_a_rule_says_not_to_act_on_it() -> None:
    plan = sample_plan()
    broken = (replace(plan.verification[0], violated=2), *plan.verification[1:])

    assert sentences.verified(replace(plan, verification=broken), WORDS).endswith(
        "Do not act on this plan."
    )
    assert sentences.verified(replace(plan, verification=()), WORDS).startswith("No:")


def test_a_small_gain_is_not_called_none() -> None:
    plan = sample_plan()

    assert sentences.gain_share(1, plan, WORDS) == "< 0.1%"
    assert sentences.gain_share(0, plan, WORDS) == "0%"
    assert sentences.gain_share(plan.needed_points // 10, plan, WORDS) == "10%"
