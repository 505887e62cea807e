"""Time proofs over a million leaves from real PostgreSQL, as the pages make them.

`make bench` prints the figures that docs/explanation/transparency.md shows. The records are only
bytes, put in place by the owner of the tables with the ledger's triggers held off: what is timed is
the tree, not the posting.
"""

from __future__ import annotations

import argparse
import sys
import time
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from psycopg import connect

from measuring.empty_record import empty_record

if TYPE_CHECKING:
    from konbit.web.serving.embedded import Embedded

PROOFS = 300
_FILL = """
INSERT INTO ledger_record (fund_id, sequence, kind, "on", known_on, actor, key, bytes)
SELECT %s, n, 'interest', '2026-01-01', '2026-01-01', 'p', n::text, convert_to(n::text, 'UTF8')
FROM generate_series(0, %s - 1) n
"""


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leaves", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    with empty_record("http://localhost:8793") as (server, _):
        for leaves in parser.parse_args().leaves:
            _fill(server, leaves)
            _time(leaves)
    return 0


def _fill(server: Embedded, leaves: int) -> None:
    """A fund with so many records."""
    from konbit.web.ledger.models import LedgerFund
    from konbit.web.missions.models import Mission
    from konbit.web.people.models import Organisation

    host = Organisation.objects.using("owner").create(code=f"H{leaves}", name="Host")
    mission = Mission.objects.using("owner").create(code=f"M{leaves}", title="M", host=host)
    fund = LedgerFund.objects.using("owner").create(
        mission=mission, code="F", title="F", currency="USD", size=leaves
    )
    with connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(_FILL, [fund.pk, leaves])
        admin.execute("VACUUM ANALYZE ledger_record")


def _time(leaves: int) -> None:
    from konbit.fund.transparency import inclusion_proof, leaf_hash, verify_inclusion
    from konbit.web.transparency.actions import make_checkpoint
    from konbit.web.transparency.papers import inclusion_document
    from konbit.web.transparency.queries import find_log, tree_of

    log = find_log(f"M{leaves}", "F")
    assert log is not None
    started = time.perf_counter()
    assert make_checkpoint(log) is not None
    first = time.perf_counter() - started
    root, chance = tree_of(log, leaves).root, Random(1)
    clock, apart, work = [], [], 0.0
    for _ in range(PROOFS):
        index = chance.randrange(leaves)
        started, processor = time.perf_counter(), time.process_time()
        told = inclusion_document(log, index, leaves)
        clock.append(time.perf_counter() - started)
        work += time.process_time() - processor
        # The same with a question for each run of hashes, to see what asking once is worth.
        started = time.perf_counter()
        inclusion_proof(index, leaves, tree_of(log, leaves).node_at)
        apart.append(time.perf_counter() - started)
    path = [bytes.fromhex(step) for step in told["path"]]
    assert verify_inclusion(leaf_hash(str(index).encode()), index, leaves, path, root)
    print(
        f"{leaves:,} leaves in PostgreSQL: first checkpoint with all nodes {first:.1f} s, inclusion"
        f" proof {median(clock) * 1e3:.1f} ms (median), {sorted(clock)[-15] * 1e3:.1f} ms (p95),"
        f" {work / PROOFS * 1e3:.1f} ms of processor in Python; with a question for each run of"
        f" hashes {median(apart) * 1e3:.1f} ms and {sorted(apart)[-15] * 1e3:.1f} ms"
    )


if __name__ == "__main__":
    sys.exit(main())
