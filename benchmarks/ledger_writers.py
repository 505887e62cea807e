"""Writers that post transfers side by side: bare rows, this ledger, django-hordak."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import psutil

from measuring.ledger_people import person_and_fund

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.synchronize import Barrier


def bare(
    barrier: Barrier, counted: Any, number: int, batch: int, seconds: float, _where: Any
) -> None:
    """Insert two rows for each transfer, a statement each, and commit."""
    from django.db import connection, transaction

    import measuring.ready  # noqa: F401 # sets Django up

    connection.ensure_connection()

    def post(_done: int) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for _ in range(batch):
                cursor.execute(
                    "INSERT INTO bare_posting (transfer, account, amount) VALUES "
                    "(%s, 'bank', 5), (%s, 'free', -5)",
                    [number, number],
                )

    _until_over(post, barrier, counted, batch, seconds)


def ledger(
    barrier: Barrier, counted: Any, number: int, batch: int, seconds: float, where: Any
) -> None:
    """Post receipts through the action: two rows each at the bank and two in the purse."""
    officer, fund = person_and_fund(where["officer"], where["fund"])
    from konbit.web.ledger import actions
    from ledger_fund import draft

    gift = {"contribution": "USA-1", "bank": "MAIN", "amount_minor": 5}

    def post(done: int) -> None:
        drafts = [draft("received", **gift, key=f"{number}-{done + n}") for n in range(batch)]
        actions.post(officer, fund, drafts)

    # A process reads the fund's facts, and a session plans its statements, the first time only.
    actions.post(officer, fund, [draft("received", **gift, key=f"warm-{number}")])
    _until_over(post, barrier, counted, batch, seconds)


def hordak(
    barrier: Barrier, counted: Any, number: int, batch: int, seconds: float, where: Any
) -> None:
    """Transfer between two accounts by django-hordak, with every trigger that it brings."""
    set_up_hordak(where["hordak"])
    from django.db import transaction
    from hordak.models import Account
    from moneyed import USD, Money

    source, target = Account.objects.get(name="bank"), Account.objects.get(name="free")

    def post(_done: int) -> None:
        with transaction.atomic():
            for _ in range(batch):
                source.transfer_to(target, Money(5, USD), description=str(number))

    _until_over(post, barrier, counted, batch, seconds)


def set_up_hordak(address: str, *, anew: bool = False) -> None:
    """Django with django-hordak alone, in a schema of its own; `anew` makes its tables."""
    import dj_database_url
    import django
    from django.conf import settings

    database = dj_database_url.parse(address)
    database["OPTIONS"] = {**database.get("OPTIONS", {}), "options": "-c search_path=hordak"}
    settings.configure(
        DATABASES={"default": database},
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "mptt", "hordak"],
        DEFAULT_CURRENCY="USD",
        CURRENCIES=["USD"],
        USE_TZ=True,
    )
    django.setup()
    if anew:
        from django.core.management import call_command
        from hordak.models import Account

        call_command("migrate", verbosity=0, interactive=False)
        for code, name in (("1", "bank"), ("2", "free")):
            Account.objects.create(name=name, code=code, type="AS", currencies=["USD"])


def _until_over(
    post: Callable[[int], None], barrier: Barrier, counted: Any, batch: int, seconds: float
) -> None:
    session = _session()
    barrier.wait()
    processor, end, done = _processor(session), time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        post(done)
        done += batch
    counted.put((done, _processor(session) - processor))


def _session() -> psutil.Process:
    """The database's own process that serves this one."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        row = cursor.fetchone()
    return psutil.Process(row[0] if row else 0)


def _processor(session: psutil.Process) -> float:
    """Processor seconds so far of this process and of its session."""
    times = session.cpu_times()
    return time.process_time() + float(times.user + times.system)
