"""Money in the analyst's model: what is due, a flow from every contribution, what is set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import xarray as xr

    from peers.analyst import Analyst
    from peers.arrays import Class, Due

Expression = Any
DOLLARS = 10_000.0  # money is counted in tens of thousands: solvers like numbers of one size


class Money:
    """Writes the laws of money into an analyst's model that has its other variables."""

    def __init__(self, analyst: Analyst) -> None:
        self._of = analyst

    def _by_unit(self, values: list[Any], chosen: list[int]) -> xr.DataArray:
        """Dollars by unit, site and month, in tens of thousands."""
        each = np.asarray(values, dtype=float) / DOLLARS
        return self._of.array(each, unit=chosen, site=self._of.sites, month=self._of.months)

    def _due(self, dues: dict[int, Due]) -> Expression:
        """What units cost in each month, in tens of thousands of dollars."""
        chosen = sorted(dues)
        x, z = self._of.x.isel(unit=chosen), self._of.z.isel(unit=chosen)

        def each(part: str) -> xr.DataArray:
            return self._by_unit([getattr(dues[u], part) for u in chosen], chosen)

        total = x * each("present") + z * each("starting") + self._of.before(x, 1) * each("before")
        return total.sum(["unit", "site"])

    def _kept(self, aside: dict[int, tuple[Any, list[Any]]]) -> Expression:
        chosen = sorted(aside)
        x, z = self._of.x.isel(unit=chosen), self._of.z.isel(unit=chosen)
        total = x * self._by_unit([aside[u][0] for u in chosen], chosen)
        for ago in range(self._of.mission.world.minimum_stay - 1):
            rest = self._by_unit([aside[u][1][ago] for u in chosen], chosen)
            total = total + self._of.before(z, ago) * rest
        return total.sum(["unit", "site"])

    def _fixed(self, sites: Any, options: Any) -> Expression | None:
        """What sites held and options ordered cost in each month."""
        total = None
        if sites is not None:
            total = (
                self._of.held
                * self._of.array(sites / DOLLARS, site=self._of.sites, month=self._of.months)
            ).sum("site")
        if options is not None:
            each = self._of.array(options / DOLLARS, option=self._of.options, month=self._of.months)
            ordered = (self._of.ordered * each).sum("option")
            total = ordered if total is None else total + ordered
        return total

    def write(self) -> None:
        """Add every law of money to the model."""
        mission, model = self._of.mission, self._of.model
        classes = list({**mission.due, **mission.site_due, **mission.option_due, **mission.aside})
        paid: dict[str, list[Expression]] = {gift: [] for gift in mission.gifts}
        kept: dict[str, list[Expression]] = {gift: [] for gift in mission.gifts}
        for j, cost_class in enumerate(classes):
            parts = [
                self._due(dict(mission.due[cost_class])) if mission.due.get(cost_class) else None,
                self._fixed(mission.site_due.get(cost_class), mission.option_due.get(cost_class)),
            ]
            due = [part for part in parts if part is not None]
            if due:
                self._flow(
                    f"pays_{j}", cost_class, due[0] if len(due) == 1 else due[0] + due[1], paid
                )
            if mission.aside.get(cost_class):
                self._flow(
                    f"keeps_{j}", cost_class, self._kept(dict(mission.aside[cost_class])), kept
                )
        for gift, available in mission.gifts.items():
            carried = model.add_variables(0, coords=[self._of.months], name=f"carried_{gift}")
            come = np.diff(available, prepend=0.0) / DOLLARS
            balance = carried - self._of.before(carried, 1)
            for flow in paid[gift]:
                balance = balance + flow
            model.add_constraints(
                balance == self._of.array(come, month=self._of.months), name=f"cash_{gift}"
            )
            if kept[gift]:
                aside = sum(1 * flow for flow in kept[gift])
                model.add_constraints(aside - carried <= 0, name=f"tail_{gift}")
        self._assessed()
        self._advance()

    def _flow(
        self, name: str, cost_class: Class, due: Expression, into: dict[str, list[Expression]]
    ) -> None:
        """One flow from every contribution that may pay; together what is due."""
        total: Expression = -1 * due
        for gift in into:
            if self._of.mission.purse_of[gift] in cost_class[1]:
                flow = self._of.model.add_variables(
                    0, coords=[self._of.months], name=f"{name}_{gift}"
                )
                into[gift].append(flow)
                total = total + flow
        self._of.model.add_constraints(total == 0, name=name)

    def _assessed(self) -> None:
        mission = self._of.mission
        funds = {*mission.assessed, *mission.site_assessed, *mission.option_assessed}
        for fund in sorted(funds):
            parts = [
                self._due(dict(mission.assessed[fund])) if mission.assessed.get(fund) else None,
                self._fixed(mission.site_assessed.get(fund), mission.option_assessed.get(fund)),
            ]
            due: Expression = sum(part for part in parts if part is not None)
            outside = set(range(mission.horizon))
            for number, (of_fund, months, allowed) in enumerate(mission.budgets):
                if of_fund == fund:
                    outside -= set(months)
                    spent = due.isel(month=list(months)).sum()
                    self._of.model.add_constraints(
                        spent <= allowed / DOLLARS, name=f"budget_{number}"
                    )
            if outside:
                nothing = due.isel(month=sorted(outside))
                self._of.model.add_constraints(nothing <= 0, name=f"no_budget_{fund}")

    def _advance(self) -> None:
        mission = self._of.mission
        for organisation, lag, limits in mission.limits:
            if mission.advanced.get(organisation):
                due = self._due(dict(mission.advanced[organisation]))
                waiting = sum(self._of.before(due, ago) for ago in range(lag))
                most = self._of.array(limits / DOLLARS, month=self._of.months)
                self._of.model.add_constraints(waiting <= most, name=f"advance_{organisation}")
