"""Words by which articles in English, French and Spanish tell of a decision."""

from __future__ import annotations

import re

from konbit.mandate.dates import DAY
from konbit.mandate.values import Body

_OAS = r"(?:Organization\s+of\s+American\s+States|OAS|Organisation\s+des\s+[ÉE]tats\s+am[ée]ricains|O[ÉE]A|OEA|Organizaci[óo]n\s+de\s+(?:los\s+)?Estados\s+Americanos)"
_OF = r"(?:of\s+the|de\s+l'|de\s+la)\s*"
BODIES = (
    (Body.OAS_PERMANENT_COUNCIL, re.compile(
        rf"(?:Permanent\s+Council|Conseil\s+permanent|Consejo\s+Permanente)\s+{_OF}{_OAS}|OAS\s+Permanent\s+Council", re.I)),
    (Body.OAS_GENERAL_ASSEMBLY, re.compile(
        rf"(?:General\s+Assembly|Assembl[ée]e\s+g[ée]n[ée]rale|Asamblea\s+General)\s+{_OF}{_OAS}|OAS\s+General\s+Assembly", re.I)),
    (Body.HUMAN_RIGHTS_COUNCIL, re.compile(
        r"(?:UN\s+)?Human\s+Rights\s+Council|Conseil\s+des\s+droits\s+de\s+l'homme|Consejo\s+de\s+Derechos\s+Humanos", re.I)),
    (Body.SECURITY_COUNCIL, re.compile(
        r"(?:U\.?N\.?\s+)?Security\s+Council|Conseil\s+de\s+s[ée]curit[ée]|Consejo\s+de\s+Seguridad", re.I)),
    (Body.GENERAL_ASSEMBLY, re.compile(
        r"(?:UN\s+)?General\s+Assembly|Assembl[ée]e\s+g[ée]n[ée]rale|Asamblea\s+General", re.I)),
)  # fmt: skip
ADOPTS = re.compile(
    r"\b(?:adopt(?:ed|s)|approv(?:ed|es)|pass(?:ed|es)|vot(?:ed|es)|renew(?:ed|s)|extend(?:ed|s)|authori[sz](?:ed|es)|"
    r"adopt(?:e|é|ée|a|ó)|approuv(?:e|é|ée|a)|proroge|prorogé|renouvelle|renouvelé|voté|autorise|autorisé|aprob(?:ó|ado|ada)|aprueba|prorrog(?:ó|a|ado)|renov(?:ó|ado)|renueva|autoriz(?:ó|a|ado)|vot(?:ó|aron))(?!\w)", re.I
)  # fmt: skip
DECISION = re.compile(
    r"\b(?:decision|resolution|session|meeting|vot(?:e|ed|es|ing)|adopt\w*|approv\w*|décision|résolution|séance|réunion|"
    r"resolución|decisión|sesión|reunión|aprob\w*|votaci\w*)(?!\w)", re.I
)  # fmt: skip
_WEEKDAY = r"(?:\w+day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)"
DAY_TOLD = re.compile(
    rf"\b(?:(?:on|dated|of|from|le|du|el|del|este)\s+(?:{_WEEKDAY},?\s+)?|{_WEEKDAY},?\s+)(?P<d>{DAY})", re.I
)  # fmt: skip
REQUEST = re.compile(
    rf"\b(?:request|appeal|letter|demande|lettre|appel|solicitud|carta|pedido|llamado)\b[^.;]{{0,80}}?\b"
    rf"(?:from|of|dated|on|made\s+on|sent\s+on|du|le|en\s+date\s+du|datée\s+du|del?|el|fechad[oa]\s+el)\s+(?P<d>{DAY})", re.I
)  # fmt: skip
ASKED = re.compile(
    r"\b(?:request|letter|appeal|demande|lettre|appel|solicitud|carta|pedido)\b[^,;]*$", re.I
)
ASKER = re.compile(
    r"(?:respond\w*\s+to|answer\w*|at\s+the\s+request\s+of|in\s+response\s+to|support\w*)\s+(?P<who>(?:the\s+)?(?:[A-Z][\w-]*\s*){1,6})(?:'s|\u2019s|')\s+(?:request|appeal|letter)"
)
SYMBOL = re.compile(
    r"\b(?:resolution|résolution|resolución)\s+(?:no\.?\s*)?(?P<n>\d{3,4}\s*\(\d{4}\)|\d{4}\b)|\b(?P<s>(?:AG|CP)/(?:RES|DEC)\.?\s?\d+[^\s,;.]*)",
    re.I,
)
# "In resolution 9901 (2031) the Council ..." tells what that resolution says.
BY_TEXT = re.compile(
    r"(?:In|By|Under|With|Par|Dans|Aux\s+termes\s+de|En|Por|Mediante)\s+(?:(?:its|the|la|sa|su|cette|esta)\s+)?(?:resolution|résolution|resolución)\s", re.I
)  # fmt: skip
OTHER_SOURCES = re.compile(
    r"\b(?:reporters?|spokes\w+|ambassador|minister|said|told|according|"
    r"ambassad(?:eur|rice)|porte-parole|ministre|représentante?|déclaré|affirmé|selon|journalistes?|"
    r"embajador|embajadora|portavoz|vocero|vocera|canciller|ministr[oa]|dijo|declaró|afirmó|según|representante)(?!\w)", re.I
)  # fmt: skip
SUBJECT = re.compile(
    r"\b(?:resolution|Council|Assembly|organi[sz]ation|body|OAS|UN|decision|text|commitment|members?|"
    r"résolution|Conseil|Assemblée|organe|texte|O[ÉE]A|ONU|décision|"
    r"resolución|Consejo|Asamblea|organismo|texto|decisión)(?!\w)|^(?:It|Il|Elle|Este|Esta)\b", re.I
)  # fmt: skip
# A name in capitals right before the verb is its subject; these are names of the body.
NAMED_SUBJECT = re.compile(
    r"(?:^|[,;]\s+|\b(?:and|et|y)\s+)(?:(?:The|La|Le|El|the|la|le|el)\s+|L'|l')?(?P<who>[A-ZÀ-Ý][\w'-]*(?:\s+(?:of|for|the|de|la|des|du|del|los)\s+|\s+|-)?(?:[A-ZÀ-Ý][\w'-]*\s*)*)"
    r"(?:(?:also|has|have|had|a|ha|également|también|on\s+\w+|last\s+\w+)\s+)*$"
)
OWN_NAME = re.compile(
    r"\b(?:Council|Assembly|OAS|OEA|ONU|UN|U\.N\.|United\s+Nations|Conseil|Consejo|Assemblée|Asamblea|Nations\s+Unies|Naciones\s+Unidas|"
    r"American\s+States|Estados\s+Americanos|It|Il|Elle|In|By|Under|With|Le|Par|En|Por)\b"
)
AFTER_PREPOSITION = re.compile(
    r"\b(?:to|of|in|for|by|at|on|from|with|the|its|a|de|la|le|les|du|en|el|los|del|un|una|une)\s+$", re.I
)  # fmt: skip
PASSIVE_BEFORE = {
    "en": re.compile(r"(?P<who>[A-Z][^.;]{2,160}?)\s*,?\s+(?:is|are|was|were|has\s+been|have\s+been)(?:\s+also)?\s*$"),
    "fr": re.compile(r"(?P<who>[A-ZÀ-Ý][^.;]{2,160}?)\s*,?\s+(?:est|sont|a\s+été|ont\s+été)(?:\s+(?:également|aussi|\w+ment))?\s*$"),
    "es": re.compile(r"(?P<who>[A-ZÀ-Ý][^.;]{2,160}?)\s*,?\s+(?:es|son|fue|fueron|ha\s+sido|han\s+sido|queda|quedan)(?:\s+(?:también|\w+mente))?\s*$"),
}  # fmt: skip
# Words before the subject of a passive: "Under the resolution, the Office is requested".
BEFORE_SUBJECT = re.compile(
    r"^(?:Under|In|By|With|At|Also|Moreover|Dans|Par|Selon|Aux|En|Según|Por|Mediante)\b[^,]{2,80},\s+"
)
IMPERSONAL = re.compile(r"\bse\s+$", re.I)
RELATIVE = re.compile(r",|\s+(?:that|who|which|whose|qui|que|dont|quienes)\s")
