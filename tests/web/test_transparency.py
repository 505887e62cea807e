"""What anybody may check of a log: in the database, on its pages, and with the auditor."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from konbit.fund import Record, statement_of, statement_sha256
from konbit.fund.transparency import (
    COSIGNATURE,
    ED25519,
    Checkpoint,
    Frontier,
    Note,
    NoteError,
    Receipt,
    SigningKey,
    VerifierKey,
    leaf_hash,
    opened,
    signed,
    verify_consistency,
    verify_inclusion,
    verify_receipt,
    withhold,
)
from konbit.web.environment import ledger_seed
from konbit.web.ledger.models import LedgerOpening, LedgerRecord
from konbit.web.people.acting import act_as, acting
from konbit.web.transparency.actions import (
    HistoryChangedError,
    add_witness,
    cosign,
    make_checkpoint,
    publish,
)
from konbit.web.transparency.models import SignedCheckpoint, TreeNode
from konbit.web.transparency.queries import lines_of, newest_checkpoint, note_of, tree_of
from konbit.web.transparency.work import checkpoint_fund, checkpoint_funds
from konbit_audit.main import main as audit
from ledger_fund import ON, Desk, allotment, desk_of, draft
from signed_logs import WITNESS, log_named, signed_log

if TYPE_CHECKING:
    from pathlib import Path

    from konbit.web.transparency.queries import Log
    from web_world import World


def visitor(world: World, name: str) -> Client:
    """A browser of somebody, or of nobody."""
    client = Client()
    if name:
        client.force_login(world.users[name])
    return client


def unpacked(content: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
        return folder / archive.namelist()[0].split("/")[0]


def large(world: World, count: int = 600) -> Desk:
    """A fund with some hundred records."""
    desk = desk_of(world, "BIG")
    body: dict[str, Any] = {"purse": "A", "bank": "MAIN"}
    desk.one(*(draft("interest", **body, amount_minor=number) for number in range(1, count)))
    return desk


def root_of(log: Log) -> bytes:
    """The root, from the bytes themselves and nothing that was kept."""
    tree = Frontier()
    for line in lines_of(log, log.size):
        tree = tree.append(leaf_hash(line))
    return tree.root


def test_a_checkpoint_is_signed_over_every_record(world: World) -> None:
    desk = large(world)
    with acting(desk.officer):
        log = log_named("BIG")
        made = make_checkpoint(log)
        assert made is not None
        found = opened(note_of(made), [log.signing_key.verifier])
        assert found.checkpoint == Checkpoint("localhost/ledger/M/BIG", log.size, root_of(log))
        assert TreeNode.objects.filter(fund=log.pk, level=8).count() == log.size >> 8 == 2
        assert make_checkpoint(log) == made  # of the same size, the same


def test_proofs_from_the_database_hold(world: World) -> None:
    desk = large(world)
    with acting(desk.officer):
        log = log_named("BIG")
        make_checkpoint(log)
        lines = list(lines_of(log, log.size))
        root = root_of(log)
    client = visitor(world, "viewer")
    for index in (0, 255, 256, log.size - 1):
        told = client.get(f"/ledger/M/BIG/inclusion/{index}/{log.size}").json()
        path = [bytes.fromhex(step) for step in told["path"]]
        assert verify_inclusion(leaf_hash(lines[index]), index, log.size, path, root)
    for old in (1, 256, 300, log.size):
        told = client.get(f"/ledger/M/BIG/consistency/{old}/{log.size}").json()
        path = [bytes.fromhex(step) for step in told["path"]]
        act_as(desk.officer)
        old_root = tree_of(log, old).root
        assert verify_consistency(old, log.size, old_root, root, path)
    for wrong in (f"inclusion/{log.size}/{log.size}", f"inclusion/0/{log.size + 1}",
                  f"consistency/9/{log.size + 1}", "consistency/9/8", "checkpoint/7"):  # fmt: skip
        assert client.get(f"/ledger/M/BIG/{wrong}").status_code == 404


def test_a_receipt_is_checked_by_two_programs_offline(world: World, tmp_path: Path) -> None:
    log = signed_log(world, "LOG")
    client, file = visitor(world, "canada_officer"), tmp_path / "receipt.json"
    keys = tmp_path / "keys"
    keys.write_bytes(client.get("/ledger/M/LOG/keys").content)
    for sequence in range(log.size):
        content = client.get(f"/ledger/M/LOG/receipt/{sequence}").content
        proven = verify_receipt(Receipt.from_bytes(content), [log.signing_key.verifier])
        assert proven.is_key_trusted
        assert proven.record["sequence"] == sequence
        file.write_bytes(content)
        assert audit([str(file), "--keys", str(keys)]) == 0
    assert client.get(f"/ledger/M/LOG/receipt/{log.size}").status_code == 404


def test_an_auditor_who_distrusts_everyone_finds_the_export_true(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = large(world)
    client = visitor(world, "auditor")
    assert client.get("/ledger/M/BIG/export.zip").status_code == 404  # nothing is signed yet
    with acting(desk.officer):
        make_checkpoint(log_named("BIG"))
    kept = tmp_path / "kept"
    kept.write_bytes(client.get("/ledger/M/BIG/checkpoint").content)
    desk.two(allotment("A1", 500_000))
    with acting(desk.officer):
        make_checkpoint(log_named("BIG"))
    content = b"".join(client.get("/ledger/M/BIG/export.zip"))
    folder = unpacked(content, tmp_path)
    code = audit([str(folder), "--earlier", str(kept), "--keys", str(folder / "keys.txt")])
    told = capsys.readouterr()
    assert code == 0, told.err
    line = folder / "log.jsonl"
    line.write_bytes(line.read_bytes().replace(b'"amount_minor":500000', b'"amount_minor":500001'))
    assert audit([str(folder)]) == 1


def test_a_witness_signs_and_its_signature_is_published(world: World, tmp_path: Path) -> None:
    log = signed_log(world, "LOG")
    address = f"/ledger/M/LOG/checkpoint/{log.size}"
    client = visitor(world, "viewer")
    text = Note.parse(client.get(address).content.decode()).text
    line = str(WITNESS.sign(text, at_seconds=1_800_000_000))
    send: dict[str, Any] = {"data": line, "content_type": "text/plain"}
    assert client.post(f"{address}/cosign", **send).status_code == 422  # nobody knows it yet
    approver = world["fund_approver"]
    add_witness(approver, world.mission, log, str(WITNESS.verifier))
    thief = SigningKey(WITNESS.name, COSIGNATURE, bytes(32))
    for wrong in (
        "",
        "— a b",
        "\ufeff",
        str(thief.sign(text, 1)),
        str(WITNESS.sign(text + "x", 1)),
    ):
        assert cosign(log, log.size, wrong) is None
    assert cosign(log, log.size + 1, line) is None
    for _ in range(2):
        assert client.post(f"{address}/cosign", **send).status_code == 200
    note = Note.parse(client.get(address).content.decode())
    listed = client.get("/ledger/M/LOG/keys").content.decode().split()
    keys = [VerifierKey.parse(key) for key in listed]
    assert [seen.name for seen in opened(note, keys).witnesses] == [WITNESS.name]
    folder = unpacked(b"".join(client.get("/ledger/M/LOG/export.zip")), tmp_path)
    assert audit([str(folder), "--witnesses", "1"]) == 0


def test_a_witness_is_named_by_who_may_publish_and_is_a_witness(world: World) -> None:
    log = signed_log(world, "LOG")
    with pytest.raises(PermissionDenied):
        add_witness(world["fund_officer"], world.mission, log, str(WITNESS.verifier))
    logs_own = SigningKey("another", ED25519, bytes(32))
    for wrong in ("", "a+b", str(logs_own.verifier)):
        with pytest.raises(NoteError):
            add_witness(world["fund_approver"], world.mission, log, wrong)
    answer = visitor(world, "fund_approver").post("/ledger/M/LOG/witness", {"key": "no"})
    assert answer.status_code == 422


def test_nothing_is_signed_once_the_log_is_not_what_was_signed(world: World) -> None:
    desk = desk_of(world, "LOG")
    act_as(desk.officer)
    log = log_named("LOG")
    said = signed(Checkpoint(log.origin, log.size, bytes(32)), log.signing_key)
    SignedCheckpoint.objects.create(fund_id=log.pk, size=log.size, note=str(said))
    desk.one(draft("interest", purse="A", bank="MAIN", amount_minor=1))
    act_as(desk.officer)
    with pytest.raises(HistoryChangedError):
        make_checkpoint(log)
    checkpoint_fund(fund=log.pk)  # told, and not raised: other logs are still signed
    answer = visitor(world, "fund_officer").post("/ledger/M/LOG/sign")
    assert answer.status_code == 409
    assert SignedCheckpoint.objects.filter(fund=log.pk).count() == 1


def test_a_checkpoint_that_another_key_signed_stops_the_signing(world: World) -> None:
    desk = desk_of(world, "LOG")
    act_as(desk.officer)
    log = log_named("LOG")
    other = SigningKey(log.origin, ED25519, bytes(32))
    said = signed(Checkpoint(log.origin, log.size, root_of(log)), other)
    SignedCheckpoint.objects.create(fund_id=log.pk, size=log.size, note=str(said))
    with pytest.raises(HistoryChangedError):
        make_checkpoint(log)


def test_the_work_of_the_day_signs_every_log_in_nobodys_name(world: World) -> None:
    desk_of(world, "ONE")
    desk_of(world, "TWO")
    act_as(None)
    checkpoint_funds(timestamp=0)
    for code in ("ONE", "TWO"):
        last = newest_checkpoint(log_named(code))
        assert last is not None
        assert last.size == log_named(code).size


def test_a_close_asks_for_a_checkpoint_and_is_audited(world: World, tmp_path: Path) -> None:
    """From the ledger's own action to the auditor, by way of the queue."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    desk = desk_of(world, "LOG")
    with acting(desk.officer):
        log = log_named("LOG")
        records = [Record.from_bytes(line) for line in lines_of(log, log.size)]
    said = statement_of(records, until=ON, known_before=log.size)
    close = {"period": "2025", "until_on": ON, "statement_sha256": statement_sha256(said)}
    desk.two(draft("period_closed", **close))
    [asked] = ProcrastinateJob.objects.filter(task_name="checkpoint-fund")
    checkpoint_fund(**asked.args)
    content = b"".join(visitor(world, "viewer").get("/ledger/M/LOG/export.zip"))
    assert audit([str(unpacked(content, tmp_path))]) == 0
    assert newest_checkpoint(log_named("LOG")).size == log.size + 1  # type: ignore[union-attr]


def test_a_published_log_is_open_to_everybody_and_nothing_else_is(world: World) -> None:
    log = signed_log(world, "LOG")
    signed_log(world, "OTHER")
    pages = ("", "checkpoint", "keys", f"inclusion/0/{log.size}", "receipt/1", "export.zip")
    strangers = [visitor(world, ""), visitor(world, "outsider")]
    with pytest.raises(PermissionDenied):
        publish(world["fund_officer"], world.mission, log)
    publish(world["fund_approver"], world.mission, log)
    for client in strangers:
        for page in pages:
            assert client.get(f"/ledger/M/LOG/{page}").status_code == 200, page
            assert client.get(f"/ledger/M/OTHER/{page}").status_code in {302, 404}, page
        for done in ("witness", "publish", "sign"):
            assert client.post(f"/ledger/M/LOG/{done}").status_code == 403
        assert client.get("/m/M/").status_code in {302, 404}


def test_what_is_withheld_is_opened_only_for_who_reads_the_mission_and_asks(world: World) -> None:
    desk = desk_of(world, "LOG")
    salt = bytes(range(16))
    committed = withhold("for the minister", salt)
    note: dict[str, Any] = {"note": committed}
    [number] = desk.one(draft("interest", purse="A", bank="MAIN", amount_minor=1, **note))
    with acting(desk.officer):
        LedgerOpening.objects.create(
            fund=desk.fund, commitment=committed["withheld"], salt=salt.hex(),
            text="for the minister", by=desk.officer,
        )  # fmt: skip
    log = log_named("LOG")
    with acting(desk.officer):
        make_checkpoint(log)
        publish_as = world.users["fund_approver"]
    with acting(publish_as):
        publish(publish_as, world.mission, log)

    def disclosed(name: str, asked: str) -> dict[str, Any]:
        content = visitor(world, name).get(f"/ledger/M/LOG/receipt/{number}{asked}").content
        return dict(verify_receipt(Receipt.from_bytes(content)).disclosed)

    assert disclosed("viewer", "?open") == {"note": "for the minister"}
    assert disclosed("viewer", "") == {}
    assert disclosed("outsider", "?open") == {}
    assert disclosed("", "?open") == {}


ATTACKS = (
    "UPDATE transparency_checkpoint SET note = ''",
    "DELETE FROM transparency_checkpoint",
    "TRUNCATE transparency_cosignature",
    "UPDATE transparency_witness SET key = ''",
    "DELETE FROM transparency_publication",
    "INSERT INTO transparency_node VALUES ({fund}, 8, 0, '')",
    "INSERT INTO transparency_checkpoint (fund_id, size, note) VALUES ({fund}, {size} + 1, '')",
    "INSERT INTO transparency_witness (fund_id, name, key, by_id) VALUES ({fund}, 'I', 'mine', 1)",
    "INSERT INTO transparency_publication (fund_id, by_id) VALUES ({fund}, konbit_user())",
    "INSERT INTO transparency_publication (fund_id, by_id) VALUES ({fund}, {approver})",
    "SELECT konbit_tree_keep({fund}, 7, 100000)",
    "SELECT konbit_tree_keep({fund}, 8, 100000)",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_raw_sql_of_a_reader_changes_nothing(world: World, attack: str) -> None:
    log = signed_log(world, "LOG")
    world["viewer"]
    asked = attack.format(fund=log.pk, size=log.size, approver=world.users["fund_approver"].pk)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(asked)


def test_records_are_hidden_from_nobody_until_they_are_published(world: World) -> None:
    log = signed_log(world, "LOG")
    act_as(None)
    assert not LedgerRecord.objects.filter(fund=log.pk).exists()
    with acting(world.users["fund_approver"]):
        publish(world.users["fund_approver"], world.mission, log)
    act_as(None)
    assert LedgerRecord.objects.filter(fund=log.pk).count() == log.size


def test_the_command_writes_an_export_in_somebodys_name(world: World, tmp_path: Path) -> None:
    desk_of(world, "LOG")
    file = tmp_path / "export.zip"
    told = {"reader": "auditor@example.org", "stdout": io.StringIO()}
    call_command("exportledger", "M", "LOG", str(file), **told)
    assert audit([str(unpacked(file.read_bytes(), tmp_path))]) == 0
    with pytest.raises(CommandError):
        call_command("exportledger", "M", "NONE", str(file), **told)


def test_the_key_is_made_once_and_only_we_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = ledger_seed(tmp_path)
    assert len(made) == 32
    assert ledger_seed(tmp_path) == made
    assert (tmp_path / "ledger-key").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("KONBIT_LEDGER_KEY", "ab" * 32)
    assert ledger_seed(tmp_path) == b"\xab" * 32
    monkeypatch.setenv("KONBIT_LEDGER_KEY", "ab" * 31)
    with pytest.raises(ValueError, match="64"):
        ledger_seed(tmp_path)


def test_the_page_says_what_there_is_in_every_language(world: World) -> None:
    signed_log(world, "LOG")
    client = visitor(world, "fund_approver")
    key = log_named("LOG").signing_key.verifier
    for language in ("en", "fr", "es", "ht"):
        client.post("/language", {"language": language})
        page = client.get("/ledger/M/LOG/").content.decode()
        assert str(key) in page.replace("&#43;", "+").replace("&#x2B;", "+")
        assert "export.zip" in page
    assert client.get("/ledger/M/NONE/").status_code == 404
    assert client.get("/ledger/M/LOG/receipt?number=3")["Location"] == "/ledger/M/LOG/receipt/3"
    for wrong in ("", "?number=", "?number=-1", "?number=²", f"?number={'9' * 16}"):
        assert client.get(f"/ledger/M/LOG/receipt{wrong}").status_code == 404
    assert json.loads(client.get("/ledger/M/LOG/inclusion/0/1").content)["path"] == []
