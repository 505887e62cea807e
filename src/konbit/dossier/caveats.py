"""What contributors' conditions allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.dossier.tables.pledge import Caveat


def may_serve_at(site: str, caveats: Iterable[Caveat]) -> bool:
    """Whether an offer's caveats let it serve at a site."""
    own = tuple(caveats)
    only = {caveat.site for caveat in own if caveat.kind == "only_site"}
    without = {caveat.site for caveat in own if caveat.kind == "not_site"}
    return (not only or site in only) and site not in without
