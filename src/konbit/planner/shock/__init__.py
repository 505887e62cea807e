"""Shock replay: shocks written into a dossier, the plan repaired with few changes, what slips."""

from konbit.planner.shock.replaying import OtherDossierError, ShockError, replay

__all__ = ["OtherDossierError", "ShockError", "replay"]
