from __future__ import annotations

import pytest

from konbit.dossier.caveats import may_serve_at
from konbit.dossier.tables.pledge import Caveat
from missions import FACT


@pytest.mark.parametrize(
    ("caveats", "sites"),
    [
        ((), {"A", "B", "C"}),
        ((("not_site", "A"),), {"B", "C"}),
        ((("only_site", "A"), ("only_site", "B")), {"A", "B"}),
        ((("only_site", "A"), ("only_site", "B"), ("not_site", "A")), {"B"}),
        ((("statement", "A"), ("only_funding_model", "")), {"A", "B", "C"}),
    ],
)
def test_where_caveats_let_a_unit_serve(
    caveats: tuple[tuple[str, str], ...], sites: set[str]
) -> None:
    rows = [
        Caveat(code=f"V{number}", offer="O", kind=kind, site=site, **FACT)
        for number, (kind, site) in enumerate(caveats)
    ]
    assert {site for site in "ABC" if may_serve_at(site, rows)} == sites
