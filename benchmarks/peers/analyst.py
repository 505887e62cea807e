"""The planning problem as an analyst writes it: linopy, one flow per contribution, one big M.

It is the model of docs/explanation/planner.md, constraint by constraint, without what the planner
does to make it smaller or tighter; so its best value is the same. Rotation is left out, since no
drawn mission has tours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import linopy
import numpy as np
import pandas as pd
import xarray as xr

from peers.analyst_money import Money

if TYPE_CHECKING:
    from peers.arrays import Mission

Expression = Any
BIG = 10_000  # more units than are ever at a site


class Analyst:
    """Builds the model step by step; `model` is ready when it is made."""

    def __init__(self, mission: Mission) -> None:
        linopy.options["semantics"] = "v1"
        self.mission = mission
        self.model = linopy.Model()
        world = mission.world
        self.units = pd.RangeIndex(len(world.units), name="unit")
        self.sites = pd.RangeIndex(len(world.sites), name="site")
        self.months = pd.RangeIndex(world.horizon, name="month")
        self._variables()
        self._units()
        self._coverage()
        self._enablers()
        self._places()
        Money(self).write()
        weights = self.array([need.weight for need in world.needs], need=self.needs)
        self.model.add_objective((self.met * weights).sum(), sense="max")

    def array(self, values: object, **coords: object) -> xr.DataArray:
        """Numbers with named dimensions, each with its labels."""
        return xr.DataArray(np.asarray(values, dtype=float), coords=coords, dims=list(coords))

    def _variables(self) -> None:
        mission, world, model = self.mission, self.mission.world, self.model
        coords = [self.units, self.sites, self.months]
        count = mission.count[:, None, None]
        self.x = model.add_variables(
            0, xr.DataArray(mission.open * count, coords=coords), integer=True, name="present"
        )
        self.z = model.add_variables(
            0, xr.DataArray(mission.may_start * count, coords=coords), integer=True, name="start"
        )
        self.held = model.add_variables(binary=True, coords=coords[1:], name="held")
        self.options = pd.RangeIndex(len(world.options), name="option")
        can_order = np.zeros((len(world.options), world.horizon))
        for q, months in enumerate(world.option_months):
            can_order[q, list(months)] = 1
        option_coords = [self.options, self.months]
        self.ordered = model.add_variables(
            0, xr.DataArray(can_order, coords=option_coords), integer=True, name="ordered"
        )
        needed = np.zeros((len(world.needs), world.horizon))
        for n, need in enumerate(world.needs):
            needed[n, list(need.months)] = 1
        self.needs = pd.RangeIndex(len(world.needs), name="need")
        self.needed = needed
        need_coords = [self.needs, self.months]
        self.met = model.add_variables(0, xr.DataArray(needed, coords=need_coords), name="met")
        self.stand = {
            (offered, needed_one): model.add_variables(
                0, coords=coords[1:], name=f"stand_{offered}_{needed_one}"
            )
            for needed_one, offered in world.substitutes
        }

    def before(self, variable: Expression, months: int) -> Expression:
        """The variable so many months before; nothing before the first."""
        if not months:
            return 1 * variable
        return (1 * variable).shift(month=months).fillna(0)

    def _units(self) -> None:
        mission, model, x, z = self.mission, self.model, self.x, self.z
        world = mission.world
        there = np.zeros(mission.open.shape)
        for u, unit in enumerate(world.units):
            if unit.home is not None:
                there[u, unit.home, 0] = unit.count
        here = xr.DataArray(there, coords=[self.units, self.sites, self.months])
        model.add_constraints(x - self.before(x, 1) - z <= here, name="presence")
        recent = sum(self.before(z, ago) for ago in range(world.minimum_stay))
        model.add_constraints(recent - x <= 0, name="minimum_stay")
        count = xr.DataArray(mission.count.astype(float), coords=[self.units])
        model.add_constraints(x.sum("site") <= count, name="offered")
        new, old = np.flatnonzero(~mission.opening), np.flatnonzero(mission.opening)
        starts = z.isel(unit=new).sum(["site", "month"])
        model.add_constraints(starts <= count.isel(unit=new), name="offered_once")
        if len(old):
            gone = x.isel(unit=old).sum("site")
            later, earlier = gone.isel(month=slice(1, None)), gone.isel(month=slice(0, -1))
            earlier = earlier.assign_coords(month=later.coords["month"])
            model.add_constraints(later - earlier <= 0, name="offered_leaving")
        for t in world.transfers:
            model_then = world.models[t]
            if model_then is None or model_then.carry_over_share >= 1:
                continue
            people = self.array(mission.people, unit=self.units)
            stay = (x.isel(month=t, drop=True) * people).sum()
            fresh = (z.isel(month=t, unit=new, drop=True) * people.isel(unit=new)).sum()
            had = (x.isel(month=t - 1, drop=True) * people).sum()
            share = float(model_then.carry_over_share)
            model.add_constraints(stay - fresh - share * had <= 0, name=f"carry_over_{t}")

    def _at_work(self, s: int, capability: str) -> Expression | None:
        """What the units at work at a site give of a capability, by month."""
        mission = self.mission
        gives = np.array([unit.gives.get(capability, 0) for unit in mission.world.units], float)
        useful = np.flatnonzero((gives > 0) & mission.open[:, s].any(axis=1))
        if not len(useful):
            return None
        each = self.array(gives[useful], unit=useful)
        supply = (self.x.isel(site=s, unit=useful, drop=True) * each).sum("unit")
        new = useful[~mission.opening[useful]]
        if len(new):
            fresh = self.z.isel(site=s, unit=new, drop=True)
            for ago in range(mission.world.operational_lag):
                came = self.before(fresh, ago)
                supply = supply - (came * self.array(gives[new], unit=new)).sum("unit")
        return supply

    def _coverage(self) -> None:
        world, model = self.mission.world, self.model
        capabilities = sorted({n.capability for n in world.needs} | {o for o, _ in self.stand})
        for s in range(len(world.sites)):
            for capability in capabilities:
                supply = self._at_work(s, capability)
                needs = [
                    n for n, need in enumerate(world.needs)
                    if need.site == s and need.capability == capability
                ]  # fmt: skip
                lent = [
                    v.isel(site=s, drop=True) for (o, _), v in self.stand.items() if o == capability
                ]
                if lent:
                    given = sum(1 * v for v in lent)
                    free = given if supply is None else given - supply
                    model.add_constraints(free <= 0, name=f"lent_{capability}_{s}")
                if not needs:
                    # What stands in where nothing is needed is worth nothing.
                    continue
                quantity = self.array([world.needs[n].quantity for n in needs], need=needs)
                used = (self.met.isel(need=needs) * quantity).sum("need")
                for v in lent:
                    used = used + v
                for (offered, needed), v in self.stand.items():
                    if needed == capability:
                        share = float(world.substitutes[needed, offered])
                        used = used - share * v.isel(site=s, drop=True)
                if supply is not None:
                    used = used - supply
                model.add_constraints(used <= 0, name=f"coverage_{capability}_{s}")

    def _enablers(self) -> None:
        world = self.mission.world
        for rule in world.enabler_rules:
            for n, need in enumerate(world.needs):
                if need.capability != rule.enables:
                    continue
                at = need.site if rule.site is None else rule.site
                for e, enabler in enumerate(world.needs):
                    if enabler.capability != rule.enabler or enabler.site != at:
                        continue
                    both = np.flatnonzero((self.needed[n] > 0) & (self.needed[e] > 0))
                    if len(both):
                        left = self.met.isel(need=n, month=both, drop=True)
                        right = self.met.isel(need=e, month=both, drop=True)
                        self.model.add_constraints(left - right <= 0, name=f"enabler_{n}_{e}")

    def _places(self) -> None:
        mission, world, model = self.mission, self.mission.world, self.model
        people = self.array(mission.people, unit=self.units)
        at_site = (self.x * people).sum("unit")
        capacity = xr.DataArray(np.array(world.capacity, float), coords=[self.sites, self.months])
        room: Expression = at_site
        for q, option in enumerate(world.options):
            done = (1 * self.ordered.isel(option=q, drop=True)).cumsum("month")
            here = np.zeros(len(world.sites))
            here[world.sites.index(option.site)] = option.adds_persons
            beds = xr.DataArray(here, coords=[self.sites])
            room = room - self.before(done, option.lead_time_months) * beds
        model.add_constraints(room <= capacity, name="camp")
        limit = [float(BIG * 100 if most is None else most) for most in world.limit]
        model.add_constraints(at_site <= xr.DataArray(limit, coords=[self.sites]), name="limit")
        model.add_constraints(self.ordered.sum("month") <= 1, name="building")
        mass = xr.DataArray(np.array(world.critical_mass, float), coords=[self.sites])
        model.add_constraints(at_site - self.held * mass >= 0, name="critical_mass")
        model.add_constraints(self.x.sum("unit") - BIG * self.held <= 0, name="held")
        new = np.flatnonzero(~mission.opening)
        fresh = self.z.isel(unit=new)
        tonnes = self.array([world.units[u].offer.cargo_tonnes for u in new], unit=new)
        for name, each, most in (
            ("passengers", people.isel(unit=new), world.passengers),
            ("cargo", tonnes, world.cargo),
        ):
            if most is not None:
                moved = (fresh * each).sum(["unit", "site"])
                allowed = xr.DataArray(np.array(most, float), coords=[self.months])
                model.add_constraints(moved <= allowed, name=name)
        for c, cap in enumerate(world.caps):
            inside = [u.offer.component in cap.components for u in world.units]
            there = (self.x * people * self.array(inside, unit=self.units)).sum(["unit", "site"])
            when = [t for t, strength in enumerate(cap.strength_persons) if strength is not None]
            if when:
                strength = self.array([cap.strength_persons[t] for t in when], month=when)
                model.add_constraints(there.isel(month=when) <= strength, name=f"ceiling_{c}")
        for kind, pool in world.pools.items():
            lacks = [
                max(0, n - b) for n, b in (u.needs_equipment.get(kind, (0, 0)) for u in world.units)
            ]
            lacking = (self.x * self.array(lacks, unit=self.units)).sum(["unit", "site"])
            there_is = xr.DataArray(np.array(pool, float), coords=[self.months])
            model.add_constraints(lacking <= there_is, name=f"equipment_{kind}")
