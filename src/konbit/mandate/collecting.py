"""Reading makes no circles of objects, so the search for them waits while a text is read."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def no_search_for_circles() -> Iterator[None]:
    """Put the cyclic garbage collector off, if it is on, and on again at the end.

    It would walk through all that was read so far, again and again: a quarter of the time for a
    text of fifty thousand parts. Nothing is lost: what is no longer used goes by its count. At
    the end all that lives is put among what is old, so that no search walks through it at once.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if gc.get_freeze_count() == 0:  # else some of the program's own would be thawed
                gc.freeze()
                gc.unfreeze()
            gc.enable()
