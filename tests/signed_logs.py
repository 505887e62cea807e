"""A fund in the record whose log was signed, and somebody elsewhere who watches it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.fund.transparency import COSIGNATURE, SigningKey
from konbit.web.transparency.actions import make_checkpoint
from konbit.web.transparency.queries import Log, find_log
from ledger_fund import desk_of

if TYPE_CHECKING:
    from web_world import World

WITNESS = SigningKey("witness.example/w1", COSIGNATURE, bytes(range(32)))


def log_named(code: str) -> Log:
    """The log of a fund of the mission M as it is now."""
    found = find_log("M", code)
    assert found is not None
    return found


def signed_log(world: World, code: str) -> Log:
    """A fund with some money, its log signed once."""
    return signed(desk_of(world, code).fund.code)


def signed(code: str) -> Log:
    """The log of a fund of the mission M, signed as it is now."""
    log = log_named(code)
    assert make_checkpoint(log) is not None
    return log
