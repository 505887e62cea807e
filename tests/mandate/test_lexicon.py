"""What the columns of the table of verbs do."""

from __future__ import annotations

from konbit.mandate.lexicon import lexicon


def test_a_verb_that_is_not_before_an_infinitive_leaves_it_to_another() -> None:
    english = lexicon("en")
    such = [entry for entry in english.entries() if entry.not_before == "infinitive"]
    assert such
    for entry in such:
        thing = english.find(f"{entry.verb} the terms of the plan")
        assert thing is not None
        assert thing.entry == entry
        deed = english.find(f"{entry.verb} review the plan")
        assert deed is None or deed.entry != entry
