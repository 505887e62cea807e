"""Memory that solvers gave back, given back to the system too.

The C library keeps what was freed for later use. Solve upon solve, each of another size, that grew
to a third of all that a large search held.
"""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Ask the C library to return what it keeps, where it can be asked (glibc); changes no plan."""
    if sys.platform.startswith("linux"):
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
