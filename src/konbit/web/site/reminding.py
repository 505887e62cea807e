"""Reminding people: a list of their own in the record, and one message with what is new in it.

Each person is reminded of each thing once, and only of what they may do something about.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from konbit.dossier import BY_NAME
from konbit.web.history.queries import open_proposals
from konbit.web.ledger.reminders import BETWEEN, MONEY, PROPOSAL_DAYS, matters
from konbit.web.missions.models import Mission
from konbit.web.people.access import readable_missions, standing
from konbit.web.people.acting import acting
from konbit.web.people.models import User
from konbit.web.people.roles import OWNED, SETTLED
from konbit.web.pledges.models import Reminded
from konbit.web.pledges.reminders import Reminder, reminders
from konbit.web.tables.dossiers import dossier_of
from konbit.web.tables.settling import keys_answered_for
from konbit.web.transparency.queries import find_log, newest_checkpoint
from konbit.web.words import LANGUAGES, words_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from konbit.dossier import Dossier
    from konbit.web.ledger.reminders import Matter
    from konbit.web.people.access import Standing
    from konbit.web.words import PageWords

_LOG = logging.getLogger("konbit.work")
# Where one does something about what waits in a fund.
_OF_FUNDS: Mapping[str, tuple[str, dict[str, str]]] = {
    "reminder-fund-claim": ("ledger_claims", {}),
    "reminder-fund-receipt": ("ledger_enter", {"kind": "payment_acknowledged"}),
    MONEY: ("ledger_contributions", {}),
    "reminder-fund-close": ("ledger_enter", {"kind": "period_closed"}),
}
_MOST_IN_MAIL = 40


class Waiting:
    """What waits in a mission at an instant, looked up once for all who are asked about it.

    Whoever reads a mission reads all of it, so it does not matter in whose name it is looked up.
    """

    def __init__(self, mission: Mission, now: datetime) -> None:
        self._mission, self._now = mission, now
        self._signed: dict[str, int] = {}  # records under the newest checkpoint, by fund

    def for_user(self, user: User) -> tuple[Reminder, ...]:
        """What a user may do something about, and what waits for them to agree."""
        held = standing(user, self._mission)
        answered = {
            name: keys_answered_for(self._mission, held.own_code, BY_NAME[name])
            for name in SETTLED
            if held.settles(BY_NAME[name])
        }
        rows = (r for r in self._due if _concerns(held, answered, self._dossier, r))
        in_funds = (m.reminder for m in self._matters if m.concerns(user, held))
        return (*rows, *_proposals(user, self._mission, held, self._now), *in_funds)

    @cached_property
    def _dossier(self) -> Dossier:
        return dossier_of(self._mission)

    @cached_property
    def _due(self) -> tuple[Reminder, ...]:
        return reminders(self._dossier, self._now.date())

    @cached_property
    def _matters(self) -> tuple[Matter, ...]:
        found = matters(self._mission, self._now)
        return tuple(m for m in found if m.reminder.code != MONEY or self._is_signed(m.reminder))

    def _is_signed(self, reminder: Reminder) -> bool:
        """Whether there is a receipt: a donor is told of money when it can be proven."""
        fund, _, number = reminder.key.rpartition(BETWEEN)
        if fund not in self._signed:
            log = find_log(self._mission.code, fund)
            last = newest_checkpoint(log) if log is not None else None
            self._signed[fund] = last.size if last is not None else 0
        return int(number) < self._signed[fund]


def remind_all(now: datetime) -> int:
    """Remind the people of every mission; how many were sent a message.

    Who cannot be sent one now is tried again the next time.
    """
    sent = 0
    for mission in Mission.objects.order_by("pk"):
        waiting = Waiting(mission, now)
        people = User.objects.filter(assignments__mission=mission, is_service=False, is_active=True)
        for user in people.distinct().order_by("pk"):
            try:
                with acting(user):
                    sent += _remind(user, mission, waiting)
            except (OSError, IntegrityError) as error:
                _LOG.warning("not reminded", extra={"user": user.pk, "kind": type(error).__name__})
    return sent


def line_of(reminder: Reminder | Reminded, days: int, words: PageWords) -> str:
    """A reminder in one sentence."""
    if not reminder.table:
        fund, _, what = reminder.key.rpartition(BETWEEN)
        what = words.month(what) if reminder.code == "reminder-fund-close" else what
        values = {"fund": fund, "what": what} if fund else {}
        return words.say(reminder.code, count=days, day=reminder.on, **values)
    stage = {"stage": words.say(f"stage-{reminder.stage}")} if reminder.stage else {}
    said = words.say(reminder.code, count=days, day=reminder.on, **stage)
    return f"{words.table_title(reminder.table)} {reminder.key}: {said}"


def address_of(mission: Mission, reminder: Reminder | Reminded) -> str:
    """Where one does something about it; of money that came, beside its receipt."""
    fund, _, what = reminder.key.partition(BETWEEN)
    if reminder.code in _OF_FUNDS:
        name, more = _OF_FUNDS[reminder.code]
        place = reverse(name, kwargs={"mission": mission.code, "code": fund, **more})
        return f"{place}?record={what}" if reminder.code == MONEY else place
    if not reminder.table:
        return reverse("approvals", args=[mission.code])
    name = "pledge" if reminder.table in {"offers", "contributions"} else "row"
    return reverse(name, args=[mission.code, reminder.table, reminder.key])


def key_of(reminder: Reminder | Reminded) -> tuple[object, ...]:
    """By what a reminder is known again."""
    return (reminder.code, reminder.table, reminder.key, reminder.on, reminder.stage)


def _remind(user: User, mission: Mission, waiting: Waiting) -> int:
    """Note and send what is new for a user: both or neither."""
    if not readable_missions(user).filter(pk=mission.pk).exists():
        return 0
    before = {key_of(r) for r in Reminded.objects.filter(user=user, mission=mission)}
    new = [r for r in waiting.for_user(user) if key_of(r) not in before]
    if not new:
        return 0
    with transaction.atomic():
        Reminded.objects.bulk_create(
            Reminded(
                mission=mission,
                user=user,
                code=r.code,
                table=r.table,
                key=r.key,
                on=r.on,
                stage=r.stage,
            )
            for r in new
        )
        _send(user, mission, new)
    return 1


def _send(user: User, mission: Mission, new: Sequence[Reminder]) -> None:
    words = words_in(user.language if user.language in LANGUAGES else "en")
    server = settings.ENVIRONMENT.address
    link = f"{server}{reverse('reminders', args=[mission.code])}"
    lines = [
        f"- {line_of(r, r.days, words)}\n  {server}{address_of(mission, r)}"
        for r in new[:_MOST_IN_MAIL]
    ]
    if len(new) > _MOST_IN_MAIL:
        lines.append(words.say("reminder-mail-more", count=len(new) - _MOST_IN_MAIL))
    send_mail(
        words.say("reminder-mail-subject", mission=mission.code, count=len(new)),
        "\n".join([words.say("reminder-mail-lead", mission=mission.title), "", *lines, "", link]),
        None,
        [user.email],
    )


def _concerns(
    held: Standing, answered: Mapping[str, frozenset[str]], dossier: Dossier, reminder: Reminder
) -> bool:
    """Whether somebody writes the row: all of its table, those answered for, or their own."""
    table = BY_NAME[reminder.table]
    if held.writes(table):
        return True
    if held.settles(table):
        return reminder.key in answered[table.TABLE]
    if not held.writes_own(table):
        return False
    row = next((row for row in dossier.rows(table) if row.label == reminder.key), None)
    return row is not None and getattr(row, OWNED[table.TABLE]) == held.own_code


def _proposals(user: User, mission: Mission, held: Standing, now: datetime) -> Iterator[Reminder]:
    """Proposals of others that have waited for some days."""
    if not held.may("approve-money"):
        return
    old = open_proposals(user, mission).filter(at__lt=now - timedelta(days=PROPOSAL_DAYS))
    for proposal in old.exclude(by=user):
        days = (now.date() - proposal.at.date()).days
        yield Reminder("reminder-proposal", "", str(proposal.pk), proposal.at.date(), days)
