"""What each body calls itself in its own texts."""

from __future__ import annotations

from konbit.mandate.values import Body

_COUNCIL = frozenset({"the council", "council"})
ITSELF = {
    Body.SECURITY_COUNCIL: _COUNCIL | {"the security council"},
    Body.GENERAL_ASSEMBLY: frozenset({"the assembly", "the general assembly"}),
    Body.HUMAN_RIGHTS_COUNCIL: _COUNCIL | {"the human rights council"},
    Body.OAS_PERMANENT_COUNCIL: _COUNCIL | {"the permanent council"},
    Body.OAS_GENERAL_ASSEMBLY: frozenset({"the assembly", "the general assembly"}),
    Body.OTHER: _COUNCIL | {"the peace and security council"},
    Body.ECONOMIC_AND_SOCIAL_COUNCIL: _COUNCIL | {"the economic and social council"},
}
