"""The stateful model of a fund's money and its tiny reference."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from konbit.fund import replay, statement_of
from ledger_cases import allotted, obligated, opened

GIFTS = {"CAN-1": ("A", "CAD"), "USA-1": ("A", "USD"), "FRA-1": ("B", "USD")}
_BANK = {"CAD": "OTTAWA", "USD": "MAIN"}
_RATE, _SUPPORT, _RESERVE = Fraction(7312, 10_000), Fraction(13, 100), Fraction(1, 20)
_PAPER = "0" * 64

amounts = st.one_of(st.integers(1, 50), st.integers(1, 5_000))
gifts = st.sampled_from(sorted(GIFTS))
names = st.sampled_from(["1", "2", "3"])


class LedgerModel(RuleBasedStateMachine):
    """Steps with money; `n` holds the reference's numbers by name and code."""

    @initialize()
    def open(self) -> None:
        self.begin(opened(reserve_ppm=50_000))

    def begin(self, log: Any) -> None:
        """Promises and money to begin with, in a log whose fund is open."""
        self.log = log
        self.n: Counter[tuple[str, ...]] = Counter()
        self.uses: dict[str, str] = {}
        self.done: list[tuple[int, dict[tuple[str, ...], int]]] = []
        self.undone: set[int] = set()
        for gift in GIFTS:
            self.sign(gift, 40_000)
            self.receive(gift, 30_000)
        for name in ("1", "2"):
            self.allot(name, 15_000)
            self.obligate(name, 5_007)

    def step(self, is_allowed: bool, refused: str, **moves: int) -> None:
        """Compare what the books said with what the reference expects, and move the numbers."""
        assert (refused == "") == is_allowed, (refused, is_allowed)
        if is_allowed:
            change = {tuple(name.split("|")): amount for name, amount in moves.items()}
            self.n.update(change)
            self.done.append((self.log.books.size - 1, change))

    def fits(self, change: dict[tuple[str, ...], int]) -> bool:
        """Whether no number falls below zero."""
        return all(self.n[name] + amount >= 0 for name, amount in change.items())

    @rule(gift=gifts, amount=amounts)
    def sign(self, gift: str, amount: int) -> None:
        said = self.log.do("signed", contribution=gift, amount_minor=amount)
        self.step(True, said, **{f"signed|{gift}": amount})

    @rule(gift=gifts, amount=amounts)
    def withdraw(self, gift: str, amount: int) -> None:
        is_allowed = amount <= self.n[("signed", gift)]
        more = {"contribution": gift, "amount_minor": amount}
        said = self.log.do("withdrawn", stage="signed", **more)
        self.step(is_allowed, said, **{f"signed|{gift}": -amount})
        if is_allowed:
            self.done.pop()

    @rule(gift=gifts, amount=amounts)
    def receive(self, gift: str, amount: int) -> None:
        purse, currency = GIFTS[gift]
        value = round(amount * _RATE) if currency == "CAD" else amount
        kept = int(value * _RESERVE) if purse == "A" else 0
        is_allowed = amount <= self.n[("signed", gift)]
        said = self.log.do("received", contribution=gift, bank=_BANK[currency], amount_minor=amount)
        cash = f"cash|{purse}" if currency == "USD" else f"foreign|{purse}"
        moves = {cash: amount, f"free|{purse}": value - kept, f"reserve|{purse}": kept}
        if currency == "CAD":
            moves[f"carried|{purse}"] = value
        self.step(is_allowed, said, **{f"signed|{gift}": -amount, f"given|{gift}": value, **moves})

    @rule(sold=amounts, bought=amounts)
    def exchange(self, sold: int, bought: int) -> None:
        there, value = self.n[("foreign", "A")], self.n[("carried", "A")]
        carried = value if sold == there else round(Fraction(value * sold, max(1, there)))
        gain = bought - carried
        borne = max(0, -gain - self.n[("free", "A")])
        is_allowed = sold <= there and borne <= self.n[("reserve", "A")]
        said = self.log.do(
            "exchanged",
            purse="A",
            from_bank="OTTAWA",
            to_bank="MAIN",
            sold_minor=sold,
            bought_minor=bought,
        )
        self.step(
            is_allowed,
            said,
            **{
                "foreign|A": -sold,
                "carried|A": -carried,
                "cash|A": bought,
                "free|A": gain + borne,
                "reserve|A": -borne,
            },
        )

    @rule(gift=gifts, amount=amounts)
    def freeze(self, gift: str, amount: int) -> None:
        purse = GIFTS[gift][0]
        said = self.log.do("frozen", contribution=gift, amount_minor=amount)
        moves = {f"free|{purse}": -amount, f"frozen|{gift}": amount}
        self.step(amount <= min(self.n[("free", purse)], self.at_hand(gift)), said, **moves)

    def at_hand(self, gift: str) -> int:
        """What a gift brought that was neither given back nor moved, and is not frozen."""
        return self.n[("given", gift)] - self.n[("frozen", gift)]

    @rule(gift=gifts, amount=amounts)
    def unfreeze(self, gift: str, amount: int) -> None:
        said = self.log.do("unfrozen", contribution=gift, amount_minor=amount)
        moves = {f"free|{GIFTS[gift][0]}": amount, f"frozen|{gift}": -amount}
        self.step(amount <= self.n[("frozen", gift)], said, **moves)

    @rule(gift=gifts, amount=amounts, is_frozen=st.booleans())
    def refund(self, gift: str, amount: int, is_frozen: bool) -> None:
        purse = GIFTS[gift][0]
        source = ("frozen", gift) if is_frozen else ("free", purse)
        most = min(self.n[source], self.n[("cash", purse)])
        if not is_frozen:
            most = min(most, self.at_hand(gift))
        said = self.log.do(
            "refunded",
            contribution=gift,
            bank="MAIN",
            amount_minor=amount,
            taken_from=source[0],
        )
        moves = {"|".join(source): -amount, f"cash|{purse}": -amount, f"given|{gift}": -amount}
        self.step(amount <= most, said, **moves)

    @rule(amount=amounts)
    def reprogram(self, amount: int) -> None:
        most = min(self.n[("free", "A")], self.n[("cash", "A")], self.at_hand("USA-1"))
        said = self.log.do(
            "reprogrammed",
            contribution="USA-1",
            to_purse="B",
            bank="MAIN",
            amount_minor=amount,
            consent_by="USA",
            document=_PAPER,
        )
        moves = {"free|A": -amount, "free|B": amount, "cash|A": -amount, "cash|B": amount}
        self.step(amount <= most, said, **{**moves, "given|USA-1": -amount})

    @rule(amount=st.integers(-50, 50).filter(bool))
    def move_reserve(self, amount: int) -> None:
        source = ("free", "A") if amount > 0 else ("reserve", "A")
        said = self.log.do("reserve_moved", purse="A", amount_minor=amount)
        moves = {"free|A": -amount, "reserve|A": amount}
        self.step(abs(amount) <= self.n[source], said, **moves)

    @rule(name=names, amount=amounts)
    def allot(self, name: str, amount: int) -> None:
        is_allowed = name not in self.uses and amount <= self.n[("free", "A")]
        said = allotted(self.log, name, amount)
        self.step(is_allowed, said, **{"free|A": -amount, f"allotted|{name}": amount})
        if is_allowed:
            self.uses[name] = ""

    @rule(name=names, amount=amounts)
    def release(self, name: str, amount: int) -> None:
        more = {"allotment": name, "amount_minor": amount, "why": "released"}
        said = self.log.do("allotment_released", **more)
        moves = {"free|A": amount, f"allotted|{name}": -amount}
        self.step(amount <= self.n[("allotted", name)], said, **moves)

    @rule(name=names, amount=amounts)
    def obligate(self, name: str, amount: int) -> None:
        support = round(amount * _SUPPORT)
        is_allowed = self.uses.get(name) == "" and amount + support <= self.n[("allotted", name)]
        said = obligated(self.log, name, f"O{name}", amount) if name in self.uses else "reference"
        moves = {f"obligated|{name}": amount, f"held|{name}": support}
        self.step(is_allowed, said, **{f"allotted|{name}": -(amount + support), **moves})
        if is_allowed:
            self.uses[name] = f"O{name}"

    def part(self, name: str, amount: int) -> int:
        """Support cost that goes with a part of an obligation."""
        whole, held = self.n[("obligated", name)], self.n[("held", name)]
        return held if amount == whole else round(Fraction(held * amount, max(1, whole)))

    @rule(name=names, amount=amounts)
    def void(self, name: str, amount: int) -> None:
        support = self.part(name, amount)
        more = {"obligation": f"O{name}", "direct_minor": amount, "why": "voided"}
        said = self.log.do("obligation_released", **more)
        moves = {f"obligated|{name}": -amount, f"held|{name}": -support}
        self.step(
            amount <= self.n[("obligated", name)],
            said,
            **{**moves, f"allotted|{name}": amount + support},
        )

    @rule(name=names, amount=amounts)
    def pay(self, name: str, amount: int) -> None:
        support = self.part(name, amount)
        is_allowed = amount <= min(self.n[("obligated", name)], self.n[("cash", "A")])
        said = self.log.do(
            "disbursed", actor="otto", obligation=f"O{name}", bank="MAIN", direct_minor=amount
        )
        moves = {f"obligated|{name}": -amount, f"held|{name}": -support, "due|A": support}
        self.step(is_allowed, said, **{**moves, f"spent|{name}": amount, "cash|A": -amount})

    @rule(amount=amounts)
    def hand_over_support(self, amount: int) -> None:
        more = {"purse": "A", "bank": "MAIN", "amount_minor": amount}
        said = self.log.do("support_paid", **more)
        is_allowed = amount <= min(self.n[("due", "A")], self.n[("cash", "A")])
        self.step(is_allowed, said, **{"due|A": -amount, "cash|A": -amount, "support|A": amount})

    @rule(name=names, amount=amounts)
    def recover(self, name: str, amount: int) -> None:
        more = {"obligation": f"O{name}", "bank": "MAIN", "amount_minor": amount}
        said = self.log.do("recovered", **more)
        moves = {f"spent|{name}": -amount, "cash|A": amount, "free|A": amount}
        self.step(amount <= self.n[("spent", name)], said, **moves)

    @rule(amount=amounts)
    def earn_interest(self, amount: int) -> None:
        said = self.log.do("interest", purse="A", bank="MAIN", amount_minor=amount)
        self.step(True, said, **{"cash|A": amount, "free|A": amount})

    @rule(pick=st.integers(0, 1_000))
    def reverse(self, pick: int) -> None:
        if not self.done:
            return
        number, change = self.done[pick % len(self.done)]
        opposite = {name: -amount for name, amount in change.items()}
        given, frozen = (
            {gift: opposite.get((name, gift), 0) for gift in GIFTS} for name in ("given", "frozen")
        )
        leaves = all(self.at_hand(gift) + given[gift] >= frozen[gift] for gift in GIFTS)
        is_allowed = number not in self.undone and leaves and self.fits(opposite)
        said = self.log.do("reversed", sequence=number)
        self.step(is_allowed, said, **{"|".join(k): v for k, v in opposite.items()})
        if is_allowed:
            self.done.pop()
            self.undone.add(number)

    @invariant()
    def every_number_agrees(self) -> None:
        held = self.log.books.held
        assert all(self.at_hand(gift) >= 0 for gift in GIFTS)
        for (name, code), amount in self.n.items():
            assert amount >= 0
            if name in _ACCOUNTS:
                account = _ACCOUNTS[name].format(code=code, purse=GIFTS.get(code, ("A",))[0])
                assert held(account, _CURRENCIES.get((name, code), "")) == amount, (name, code)

    def teardown(self) -> None:
        """The log replays, and its statement adds up."""
        if not hasattr(self, "log"):
            return
        assert replay(self.log.records)[1] is None
        statement: Any = statement_of(self.log.records, until="2400-01-01")
        for code, purse in statement["purses"].items():
            spent = sum(purse["spent"].values())
            sources = purse["received"] + purse["interest"] + purse["exchange"]
            uses = spent + purse["support"] - purse["support_due"] + purse["refunded"]
            assert purse["held"] == sources - uses, code
            kept = ("free", "reserve", "frozen", "allotted", "obligated", "support_held")
            assert purse["held"] == sum(purse[name] for name in kept) + purse["support_due"]


_CURRENCIES = {("foreign", "A"): "CAD", ("signed", "CAN-1"): "CAD"}
_ACCOUNTS = {
    "signed": "signed:{purse}:{code}",
    "free": "free:{code}",
    "reserve": "reserve:{code}",
    "frozen": "frozen:{purse}:{code}",
    "cash": "bank:MAIN:{code}",
    "foreign": "bank:OTTAWA:{code}",
    "allotted": "allotted:A:{code}",
    "obligated": "obligated:A:O{code}",
    "held": "support_held:A:O{code}",
    "due": "support_due:{code}",
    "spent": "spent:A:personnel:O{code}",
    "support": "support:{code}",
}
