"""A record of its own for a measurement: an empty database, prepared, and gone afterwards."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.web.serving.embedded import Embedded


@contextmanager
def empty_record(address: str) -> Iterator[tuple[Embedded, Path]]:
    """The server of an empty record and its folder, with Django set up for it.

    Args:
        address: under which its pages would be served.
    """
    with tempfile.TemporaryDirectory(prefix="konbit-bench-") as place:
        os.environ["KONBIT_DATA"] = place
        os.environ["KONBIT_ADDRESS"] = address
        os.environ["DJANGO_SETTINGS_MODULE"] = "konbit.web.settings"
        from konbit.web.serving import database
        from konbit.web.serving.embedded import Embedded, use

        server = Embedded(Path(place))
        server.start()
        try:
            database.create(server)
            use(server)
            import django

            django.setup()
            database.prepare()
            yield server, Path(place)
        finally:
            from django.db import connections

            for connection in connections.all():
                connection.close()
            server.stop()
