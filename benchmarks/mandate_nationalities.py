"""The table of nationalities beside an independent one: `countryinfo`, of the Python Package Index.

    uv run --with countryinfo python benchmarks/mandate_nationalities.py

The package (MIT licence) is read and nothing of it is kept. Printed are states that it has and the
table has not, and demonyms that the table would not know, each with the table's own adjectives.
"""

from __future__ import annotations

import json
import sys
from importlib import resources

from konbit.mandate.lexicon import nationalities


def main() -> None:
    """Print what differs; end with an error where a demonym is of another state in the table."""
    try:
        folder = resources.files("countryinfo") / "data"
    except ModuleNotFoundError:
        sys.stdout.write("countryinfo is not here, left out\n")
        return
    known = nationalities()
    states = {state for several in known.values() for state in several}
    unknown = wrong = same = 0
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        country = json.loads(file.read_text("utf-8")) if file.name.endswith(".json") else {}
        state, demonym = country.get("ISO", {}).get("alpha3", ""), country.get("demonym", "")
        if state not in states or not demonym:
            continue
        ours = known.get(demonym.casefold())
        unknown += ours is None
        wrong += ours is not None and state not in ours
        same += ours is not None and state in ours
        if ours is None or state not in ours:
            sys.stdout.write(f"{state}: {demonym}: {', '.join(ours or ()) or 'unknown'}\n")
    sys.stdout.write(f"{same} alike, {unknown} unknown, {wrong} of another state\n")
    if wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
