"""What is done for a log's transparency: it is signed, watched, published. One transaction each."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import connection, transaction

from konbit.fund.transparency import (
    COSIGNATURE,
    Checkpoint,
    Note,
    NoteError,
    Signature,
    VerifierKey,
    opened,
    signed,
)
from konbit.fund.transparency.tiles import STEP
from konbit.web.bridge.locks import Lock, hold
from konbit.web.people.access import demand
from konbit.web.transparency.models import Cosignature, Publication, SignedCheckpoint, Witness
from konbit.web.transparency.queries import Log, find_log, newest_checkpoint, tree_of

if TYPE_CHECKING:
    from konbit.web.missions.models import Mission
    from konbit.web.people.models import User

_LOG = logging.getLogger("konbit.transparency")


class HistoryChangedError(Exception):
    """A log is not what its last checkpoint says it was. Nothing is signed any more."""


def make_checkpoint(log: Log) -> SignedCheckpoint | None:
    """Sign a log as it is now; the checkpoint of this size, if there is one. None for no record.

    Raises:
        HistoryChangedError: what was signed before is no longer what the records are.
    """
    with transaction.atomic():
        hold(Lock.SIGNING, log.pk)
        now = find_log(log.mission, log.code)
        if now is None or now.size == 0:
            return None
        last = newest_checkpoint(now)
        if last is not None:
            _demand_same(now, last)
            if last.size == now.size:
                return last
        with connection.cursor() as cursor:
            cursor.execute("SELECT konbit_ledger_waits()")  # it is handed out when the disk has it
        _keep_nodes(now)
        said = Checkpoint(now.origin, now.size, tree_of(now, now.size).root)
        note = str(signed(said, now.signing_key))
        return SignedCheckpoint.objects.create(fund_id=now.pk, size=now.size, note=note)


def _demand_same(log: Log, last: SignedCheckpoint) -> None:
    """The records up to the last checkpoint are those that were signed."""
    try:
        said = opened(Note.parse(last.note), [log.signing_key.verifier]).checkpoint
    except NoteError:
        _LOG.critical("signature of a checkpoint is not ours", extra={"fund": log.pk})
        raise HistoryChangedError(log.origin) from None
    if said.root != tree_of(log, said.size).root or said.size != last.size:
        _LOG.critical("log is not what was signed", extra={"fund": log.pk})
        raise HistoryChangedError(log.origin)


def _keep_nodes(log: Log) -> None:
    """Let the database compute and keep complete nodes that it lacks, lowest level first."""
    with connection.cursor() as cursor:
        level = STEP
        while log.size >> level:
            cursor.execute("SELECT konbit_tree_keep(%s, %s, %s)", [log.pk, level, log.size])
            level += STEP


def cosign(log: Log, size: int, line: str) -> Cosignature | None:
    """Take in a witness's line under a checkpoint; None where it is not one that holds.

    Nobody signs in for this: the signature itself says who sent it.
    """
    checkpoint = SignedCheckpoint.objects.filter(fund=log.pk, size=size).first()
    if checkpoint is None:
        return None
    try:
        signature = Signature.parse(line)
    except NoteError:
        return None
    text = Note.parse(checkpoint.note).text
    for witness in Witness.objects.filter(fund=log.pk, name=signature.name):
        key = VerifierKey.parse(witness.key)
        if key.key_id == signature.key_id and key.checks(text, signature.signed):
            with transaction.atomic():
                return Cosignature.objects.get_or_create(
                    checkpoint=checkpoint, witness=witness, defaults={"line": str(signature)}
                )[0]
    return None


def add_witness(user: User, mission: Mission, log: Log, text: str) -> Witness:
    """Let somebody elsewhere watch a log.

    Raises:
        PermissionDenied: the user may not.
        NoteError: the text is no key of a witness.
    """
    demand(user, mission, "publish-ledger")
    key = VerifierKey.parse(text.strip())
    if key.algorithm != COSIGNATURE:
        raise NoteError("a witness signs with the second")
    with transaction.atomic():
        return Witness.objects.get_or_create(
            fund_id=log.pk, key=str(key), defaults={"name": key.name, "by": user}
        )[0]


def publish(user: User, mission: Mission, log: Log) -> Publication:
    """Open a log to everybody, for good.

    Raises:
        PermissionDenied: the user may not.
    """
    demand(user, mission, "publish-ledger")
    with transaction.atomic():
        return Publication.objects.get_or_create(fund_id=log.pk, defaults={"by": user})[0]
