"""A paragraph of a text and a row of the record: proposed, corrected by hand, nothing lost."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from konbit.dossier.tables.follow_up import Answer, FollowUp, ParagraphLink, ReportingCycle
from konbit.dossier.tables.mandate import Ceiling, Document, Paragraph
from konbit.dossier.tables.requirement import Requirement
from konbit.web.history.models import Change
from konbit.web.mandates.matching import numbers_of
from konbit.web.mandates.proposing import document_in, propose
from konbit.web.tables.dossiers import dossier_of
from mandate_forms import browser, offered, sent_in

if TYPE_CHECKING:
    from konbit.dossier import Dossier
    from web_world import World

TEXT = (Path(__file__).parent / "texts" / "as_2793.txt").read_text("utf-8")
RAISED = TEXT.replace("5,550 personnel, of whom 5,500", "6,050 personnel, of whom 6,000")
# Which row of Haiti each paragraph of that text is. Where none is named, the record has none.
ROWS = {
    "op1": "2793-01", "op1.a": "2793-01.a", "op1.b": "2793-01.b", "op1.c": "2793-01.e",
    "op1.d": "2793-01.f", "op1.e": "2793-01.d", "op3": "2793-02", "op4": "2793-04",
    "op5": "2793-05", "op6": "2793-06", "op6.a": "2793-06.a", "op6.b": "2793-06.b",
    "op6.c": "2793-06.c", "op6.d": "2793-06.d", "op6.e": "2793-06.e", "op7": "2793-03",
    "op8": "2793-07", "op9": "2793-09", "op10": "2793-10", "op11": "",
}  # fmt: skip


# The same for three other texts, in our own words and in the order of the Council's.
OTHERS = {
    "2699": {
        "op1": "2699-01", "op1.a": "2699-01.a", "op1.b": "2699-01.b", "op2": "2699-03",
        "op3": "2699-05", "op4": "2699-04", "op5": "2699-02", "op6": "2699-06", "op7": "2699-07",
        "op8": "2699-08", "op9": "2699-09", "op10": "2699-10", "op11": "2699-11",
        "op12": "2699-12", "op13": "2699-13", "op14": "2699-14", "op15": "",
    },
    "2743": {
        "op1": "2743-01", "op2": "2743-05", "op3": "2743-02", "op4": "2743-03", "op5": "2743-04",
        "op6": "2743-06", "op7": "",
    },
    "2751": {"op1": "2751-01", "op2.act2": "2751-02", "op3": ""},
}  # fmt: skip


def text_like(number: str) -> str:
    return (Path(__file__).parent / "texts" / f"as_{number}.txt").read_text("utf-8")


def hanging(dossier: Dossier) -> set[tuple[str, str, str]]:
    """Every row that names a paragraph, with the paragraph."""
    tables: tuple[Any, ...] = (FollowUp, Answer, ParagraphLink, ReportingCycle, Requirement)
    return {(r.TABLE, r.code, r.paragraph) for t in tables for r in dossier.rows(t) if r.paragraph}


def test_paragraphs_of_a_text_find_the_rows_that_paraphrase_them(world: World) -> None:
    world["planner"]
    proposed = propose(document_in(TEXT, "t"), dossier_of(world.mission))
    found = {p.name: p.held.code if p.held else "" for p in proposed.paragraphs}
    assert {name: found[name] for name in ROWS} == ROWS
    reasons = {p.reason for p in proposed.paragraphs if p.held}
    assert reasons == {"likeness"}
    assert all(30 <= p.row_sure_percent < 96 for p in proposed.paragraphs if p.held)
    part = next(p for p in proposed.paragraphs if p.name == "op6.a")
    assert (part.force, part.addressee) == ("task", "the Secretary-General")


def test_other_texts_find_their_rows_and_their_days(world: World) -> None:
    world["planner"]
    dossier = dossier_of(world.mission)
    for number, rows in OTHERS.items():
        proposed = {
            p.name: p for p in propose(document_in(text_like(number), "t"), dossier).paragraphs
        }
        found = {n: held.code if (held := proposed[n].held) else "" for n in rows}
        assert found == rows
        seized = proposed[list(rows)[-1]]
        assert (seized.force, seized.wants_follow_up) == ("binding", False)
    update = {p.name: p for p in propose(document_in(text_like("2743"), "t"), dossier).paragraphs}[
        "op4"
    ]
    assert [f.due_on for f in update.follow_ups] == [update.due_on] == [date(2024, 10, 10)]


def test_the_text_takes_the_rows_and_nothing_that_hangs_on_them_is_lost(world: World) -> None:
    client = browser(world.users["planner"])
    place = sent_in(client, TEXT)
    page = client.get(place).content.decode()
    assert len(page) < 150_000
    world["planner"]
    before = dossier_of(world.mission)
    assert client.post(place, offered(page)).status_code == 302
    after = dossier_of(world.mission)
    assert hanging(before) <= hanging(after)
    rows = after.by_code(Paragraph)
    old = before.by_code(Paragraph)
    assert set(old) <= set(rows)
    for name, code in ROWS.items():
        if code:
            number = name.removeprefix("op")
            assert (rows[code].number, rows[code].number_status) == (number, "confirmed")
            assert rows[code].theme == old[code].theme
            assert rows[code].parent == old[code].parent
    assert rows["2793-04"].addressee
    assert rows["2793-06.i"] == old["2793-06.i"]  # of which this text says nothing
    assert after.by_code(Document)["S-RES-2793"].text_seen == "original"
    # The same text again finds every row by its number, and asks for nothing.
    again = propose(document_in(TEXT, "t"), after)
    taken = {p.name: p.code for p in again.paragraphs}
    assert {n: taken[n] for n, code in ROWS.items() if code} == {n: c for n, c in ROWS.items() if c}
    assert {p.reason for p in again.paragraphs} == {"number"}
    count = Change.objects.count()
    everything = offered(client.get(f"{place}?all=yes").content.decode())
    assert everything["p.op8.row"] == "2793-07"
    for name in list(everything):
        if name.endswith((".follow", ".cycle")):
            del everything[name]
    assert client.post(place, everything).status_code in {302}
    assert Change.objects.count() == count


def test_a_wrong_row_is_put_right_by_hand_even_after_it_was_accepted(world: World) -> None:
    client = browser(world.users["planner"])
    place = sent_in(client, TEXT)
    sent = offered(client.get(place).content.decode())
    sent["p.op4.row"], sent["p.op5.row"], sent["p.op7.row"] = "2793-05", "2793-04", ""
    look = client.post(place, {**sent, "do": "look", "source_on": "", "why": "half written"})
    assert look.status_code == 200
    assert 'class="error"' not in look.content.decode()
    assert 'value="half written"' in look.content.decode()
    assert offered(look.content.decode())["p.op4.row"] == "2793-05"
    assert not Change.objects.filter(verb="mandate-read").exists()
    assert client.post(place, sent).status_code == 302
    rows = dossier_of(world.mission).by_code(Paragraph)
    assert (rows["2793-05"].number, rows["2793-04"].number) == ("4", "5")
    assert rows["S-RES-2793.op7"].number == "7"
    assert (rows["2793-03"].number, rows["2793-03"].number_status) == ("", "unknown")
    right = offered(client.get(f"{place}?all=yes").content.decode())
    right["p.op4.row"], right["p.op5.row"] = "2793-04", "2793-05"
    assert client.post(place, right).status_code == 302
    rows = dossier_of(world.mission).by_code(Paragraph)
    assert (rows["2793-04"].number, rows["2793-05"].number) == ("4", "5")


def test_one_row_may_tell_two_paragraphs_and_keeps_both_numbers(world: World) -> None:
    client = browser(world.users["planner"])
    place = sent_in(client, TEXT)
    sent = offered(client.get(place).content.decode())
    sent["p.op2.row"] = sent["p.op2.act2.row"] = sent["p.op3.row"] = "2793-02"
    assert client.post(place, sent).status_code == 302
    after = dossier_of(world.mission)
    row = after.by_code(Paragraph)["2793-02"]
    assert numbers_of(row) == ("2", "3")
    again = {p.name: p.code for p in propose(document_in(TEXT, "t"), after).paragraphs}
    assert (again["op2"], again["op3"]) == ("2793-02", "2793-02")


def test_two_who_correct_at_once_see_each_others_change(world: World) -> None:
    first, second = browser(world.users["planner"]), browser(world.users["coordination_officer"])
    place = sent_in(first, TEXT)
    mine = offered(first.get(place).content.decode())
    theirs = offered(second.get(place).content.decode())
    mine["p.op3.addressee"] = "The force as a whole"
    mine["why"] = "first to the text"
    assert first.post(place, mine).status_code == 302
    theirs["p.op3.substance"] = "At most 5,550 people"
    answer = second.post(place, theirs)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "planner" in page
    assert "first to the text" in page
    assert "The force as a whole" in page
    again = offered(page)
    assert again["p.op3.substance"] == "At most 5,550 people"  # one's own is still there
    assert again["p.op3.addressee"] == "The force as a whole"  # and theirs, where untouched
    assert again.keys() >= {n for n in theirs if n.startswith("p.") and n.endswith(".row")}
    rows = dossier_of(world.mission).by_code(Paragraph)
    assert rows["2793-02"].addressee == "The force as a whole"
    before = hanging(dossier_of(world.mission))
    assert second.post(place, {**again, "why": "second"}).status_code == 302
    row = dossier_of(world.mission).by_code(Paragraph)["2793-02"]
    assert (row.addressee, row.substance) == ("The force as a whole", "At most 5,550 people")
    assert hanging(dossier_of(world.mission)) == before


def test_a_form_sent_twice_adds_nothing_the_second_time(world: World) -> None:
    client = browser(world.users["planner"])
    place = sent_in(client, TEXT)
    sent = offered(client.get(place).content.decode())
    sent |= {"p.op3.c1.take": "yes", "p.op3.c1.replaces": "MSS-PLANNED-NEXT"}
    sent |= {"p.op3.c1.from_on": "2025-10-10"}
    assert client.post(place, sent).status_code == 302
    count, rows = Change.objects.count(), dossier_of(world.mission).digest
    assert client.post(place, sent).status_code == 302
    assert (Change.objects.count(), dossier_of(world.mission).digest) == (count, rows)


def test_each_act_of_a_paragraph_has_its_own_owner_day_and_status(world: World) -> None:
    client = browser(world.users["planner"])
    text = TEXT.replace(
        "8. Requests the Organization of American States to assemble a package of supplies and "
        "equipment, and invites Member States to contribute to it;",
        "8. Requests the Secretary-General to send a plan of supplies, and requests the force to "
        "report on its use of them;",
    )
    place = sent_in(client, text)
    sent = offered(client.get(place).content.decode())
    assert sent["p.op8.act2.verb"] == "requests"
    assert "requests" not in sent["p.op8.substance"]
    sent.update({
        "p.op8.row": "", "p.op8.follow": "yes", "p.op8.owner": "UN-SG",
        "p.op8.due_on": "2026-03-01",
        "p.op8.act2.row": "", "p.op8.act2.take": "yes", "p.op8.act2.follow": "yes",
        "p.op8.act2.owner": "GSF", "p.op8.act2.due_on": "2026-06-01",
        "p.op8.act2.status": "in_progress", "p.op8.act2.task": "Report on supplies",
    })  # fmt: skip
    assert client.post(place, sent).status_code == 302
    dossier = dossier_of(world.mission)
    rows = dossier.by_code(Paragraph)
    assert rows["S-RES-2793.op8.act2"].parent == "S-RES-2793.op8"
    assert rows["S-RES-2793.op8.act2"].number == rows["S-RES-2793.op8"].number == "8"
    kept = dossier.by_code(FollowUp)
    one, two = kept["F-S-RES-2793.op8"], kept["F-S-RES-2793.op8.act2"]
    assert (one.owner, one.due_on, one.status) == ("UN-SG", date(2026, 3, 1), "open")
    assert (two.owner, two.due_on, two.status) == ("GSF", date(2026, 6, 1), "in_progress")
    assert two.task == "Report on supplies"
    again = {p.name: p for p in propose(document_in(text, "t"), dossier).paragraphs}
    assert again["op8.act2"].code == "S-RES-2793.op8.act2"
    assert not again["op8.act2"].wants_follow_up


def test_numbers_meet_the_ceilings_that_the_record_has(world: World) -> None:
    """What the record says already is not offered again; what it says otherwise is that row."""
    world["planner"]
    dossier = dossier_of(world.mission)

    def met(text: str, name: str) -> dict[str, tuple[str, str]]:
        found = {p.name: p for p in propose(document_in(text, "t"), dossier).paragraphs}
        return {c.component: (c.there, c.near) for c in found[name].ceilings}

    assert met(TEXT, "op3") == {
        "total": ("GSF-UNIFORMED, GSF-CIVILIAN", ""),
        "uniformed": ("GSF-UNIFORMED", ""),
        "civilian": ("GSF-CIVILIAN", ""),
    }
    assert met(RAISED, "op3") == {
        "total": ("", ""),
        "uniformed": ("", "GSF-UNIFORMED"),
        "civilian": ("GSF-CIVILIAN", ""),
    }
    # A figure that was only planned so far is the one that a text then lays down.
    assert met(text_like("2699"), "op3") == {"total": ("", "MSS-PLANNED")}


def test_a_ceiling_is_kept_when_the_planner_says_so_and_ends_the_one_before(world: World) -> None:
    client = browser(world.users["planner"])
    place = sent_in(client, RAISED)
    page = client.get(place).content.decode()
    sent = offered(page)
    assert "p.op3.c1.take" not in sent  # offered, and not ticked
    assert (sent["p.op3.c1.strength_persons"], sent["p.op3.c1.is"]) == ("6050", "")
    assert (sent["p.op3.c2.strength_persons"], sent["p.op3.c2.is"]) == ("6000", "GSF-UNIFORMED")
    assert "GSF-CIVILIAN" in page
    wrong = {**sent, "p.op3.c1.take": "yes", "p.op3.c1.until_on": "2025-01-01"}
    assert client.post(place, wrong).status_code == 422
    world["planner"]
    before = set(dossier_of(world.mission).by_code(Ceiling))
    sent.update({
        "p.op3.c1.take": "yes", "p.op3.c1.from_on": "2025-10-10",
        "p.op3.c1.until_on": "2026-10-02", "p.op3.c1.replaces": "MSS-PLANNED-NEXT",
        "p.op3.c2.take": "yes",
    })  # fmt: skip
    assert client.post(place, sent).status_code == 302
    dossier = dossier_of(world.mission)
    made = dossier.by_code(Ceiling)["C-2793-02"]
    assert (made.component, made.strength_persons) == ("total", 6050)
    assert (made.from_on, made.until_on) == (date(2025, 10, 10), date(2026, 10, 2))
    assert (made.paragraph, made.document, made.kind) == ("2793-02", "S-RES-2793", "authorised")
    assert dossier.by_code(Ceiling)["MSS-PLANNED-NEXT"].until_on == date(2025, 10, 10)
    met = dossier.by_code(Ceiling)["GSF-UNIFORMED"]  # the row itself, with its days
    assert (met.strength_persons, met.from_on) == (6000, date(2025, 10, 2))
    assert set(dossier.by_code(Ceiling)) == before | {"C-2793-02"}
    again = propose(document_in(RAISED, "t"), dossier)
    there = [c.there for p in again.paragraphs for c in p.ceilings]
    assert there[:3] == ["C-2793-02", "GSF-UNIFORMED", "GSF-CIVILIAN"]


def test_what_cannot_be_placed_is_told_and_nothing_is_stored(world: World) -> None:
    client = browser(world.users["planner"])
    place = sent_in(client, RAISED)
    sent = offered(client.get(place).content.decode())
    before = Change.objects.count()
    for wrong, told in (
        ({"p.op4.row": "2699-01"}, "has no row"),
        ({"p.op4.row": "<script>"}, "&lt;script&gt;"),
        ({"p.op5.due_on": "2020-01-01", "p.op5.follow": "yes"}, "before"),
        ({"p.op5.status": "done", "p.op5.follow": "yes"}, "cannot begin"),
        ({"p.op5.owner": "NOBODY", "p.op5.follow": "yes"}, "NOBODY"),
        ({"p.op3.c1.take": "yes", "p.op3.c1.strength_persons": "many"}, "many"),
        ({"p.op3.c1.take": "yes", "p.op3.c1.replaces": "NONE"}, "no earlier ceiling"),
        ({"p.op3.c1.is": "NONE", "p.op3.c1.take": "yes"}, "no earlier ceiling"),
    ):
        answer = client.post(place, {**sent, **wrong})
        assert answer.status_code == 422, wrong
        page = answer.content.decode()
        assert told in re.search(r'role="alert">(.*?)</p>', page, re.S)[1], wrong  # type: ignore[index]
        name, value = next(iter(wrong.items()))
        if "<" not in value and "status" not in name and not name.endswith(".is"):
            assert f'value="{value}"' in page, name  # what was sent is still there
    orphan = {**sent, "p.op1.a.row": ""}
    del orphan["p.op1.take"]
    assert Change.objects.count() == before
    assert client.post(place, orphan).status_code == 302  # what it hangs on is in the record
    new = sent_in(client, TEXT.replace("2793 (2025)", "9977 (2025)"))
    orphan = offered(client.get(new).content.decode())
    del orphan["p.op1.take"]
    answer = client.post(new, orphan)
    assert answer.status_code == 422
    assert "op1.a hangs on op1" in answer.content.decode()


def test_a_long_text_comes_in_parts_of_a_small_page(world: World) -> None:
    """A hundred paragraphs, each with many words: every part stays small, and all are shown."""
    head, _, _ = TEXT.partition("1. Decides")
    many = [
        f"{n}. Requests the Secretary-General to report on matter {n}, {'which matters, ' * 60}now;"
        for n in range(1, 101)
    ]
    client = browser(world.users["planner"])
    place = sent_in(client, head + "\n\n".join(many))
    found: list[str] = []
    for number in range(1, 99):
        page = client.get(f"{place}?page={number}", headers={"Accept-Language": "fr"})
        assert len(page.content) < 150_000
        text = page.content.decode()
        found += re.findall(r'name="p\.(op\d+)\.take"', text)
        if f"?page={number + 1}" not in text:
            break
    assert found == [f"op{n}" for n in range(1, 101)]
    assert client.get(f"{place}?page=x").status_code == 200
    assert client.get(f"{place}?page=99999").status_code == 200
