"""Words by which articles in English, French and Spanish tell of a decision."""

from __future__ import annotations

import re

from konbit.mandate.dates import DAY
from konbit.mandate.values import Body

_OAS = r"(?:Organization\s+of\s+American\s+States|OAS|Organisation\s+des\s+[ÉE]tats\s+am[ée]ricains|O[ÉE]A|OEA|Organizaci[óo]n\s+de\s+(?:los\s+)?Estados\s+Americanos)"
_OF = r"(?:of\s+the|de\s+l'|de\s+la)\s*"
BODIES = (
    # "Peace and Security Council" holds the name of another body, and so stands first.
    (Body.OTHER, re.compile(
        r"Peace\s+and\s+Security\s+Council|Conseil\s+de\s+paix\s+et\s+de\s+s[ée]curit[ée]|Consejo\s+de\s+Paz\s+y\s+Seguridad|"
        r"Council\s+of\s+the\s+European\s+Union|European\s+Council|Conseil\s+(?:de\s+l'Union\s+europ[ée]enne|europ[ée]en)|"
        r"Consejo\s+(?:de\s+la\s+Uni[óo]n\s+Europea|Europeo)|African\s+Union|Union\s+africaine|Uni[óo]n\s+Africana|"
        r"European\s+Union|Union\s+europ[ée]enne|Uni[óo]n\s+Europea|\bECOWAS\b|\bCEDEAO\b|\bCARICOM\b|"
        r"Economic\s+Community\s+of\s+West\s+African\s+States|Communaut[ée]\s+[ée]conomique\s+des\s+[ÉE]tats\s+de\s+l'Afrique\s+de\s+l'Ouest|"
        r"Caribbean\s+Community|Communaut[ée]\s+(?:des\s+)?Cara[ïi]bes?|Comunidad\s+del\s+Caribe", re.I)),
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
# What a body named before it does without adopting: "ont décidé", "suspended", "condenó".
ACTED = re.compile(
    r"\b(?:decid(?:ed|es|ió|ieron)|d[ée]cid(?:é|e|ent)|agreed|acord(?:ó|aron|ado)|conven(?:u|ido)|suspend(?:ed|s|u|ió)|impos(?:ed|es|é|e|ó)|sanction(?:ed|né|ó)|condemn(?:ed|s)|condamn(?:é|e)|"
    r"conden(?:ó|aron|a)|demand(?:ed|s)|exig(?:é|e|ió)|urg(?:ed|es)|call(?:ed|s)\s+(?:on|for|upon)|lift(?:ed|s)|levé|levantó)(?!\w)", re.I
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
ASKER_BY = re.compile(
    r"\b(?:request|appeal|letter|demande|lettre|appel|solicitud|carta|pedido)\b[^.;]{0,80}?\b(?:by|from|par|por)\s+"
    r"(?P<who>(?:the\s+|le\s+|la\s+|el\s+|l')[^.;,\d]{3,60}?)(?=\s+(?:on|dated|in|le|el|en|to)\s|[,.;]|\s*$)"
)
# The day on which an article was sent, before its first words: "BRUSSELS, 12 March 2033 - ".
DATELINE = re.compile(
    rf"^[^\W\d_][^\d.\n]{{2,40}}?,\s+(?:le\s+|el\s+)?(?P<d>{DAY})\s*(?:\([^)\n]{{2,30}}\)\s*)?(?:[-\u2013\u2014.]|$)",
    re.I,
)
WEEKDAY_TOLD = re.compile(
    rf"\b(?:on\s+|ce\s+|le\s+|el\s+|este\s+)?(?P<w>{_WEEKDAY})\b(?!,?\s+\d)", re.I
)
WEEKDAYS = {
    name: number
    for names in (
        "monday tuesday wednesday thursday friday saturday sunday",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "lunes martes miércoles jueves viernes sábado domingo",
    )
    for number, name in enumerate(names.split())
}
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
    r"(?:The\s+|La\s+)?(?:Resolution|Résolution|Resolución)\s+(?=\d)|(?:the\s+|la\s+)(?:resolution|résolution|resolución)\s+(?=\d)|(?:In|By|Under|With|Par|Dans|Aux\s+termes\s+de|En|Por|Mediante)\s+(?:(?:its|the|la|sa|su|cette|esta)\s+)?(?:resolution|résolution|resolución)\s", re.I
)  # fmt: skip
# Words of others are told of in such a sentence.
OTHER_SOURCES = re.compile(
    r"\b(?:said|told|according|déclaré|affirmé|selon|dijo|declaró|afirmó|según)(?!\w)", re.I
)
# Somebody else speaks, where one of these stands before the verb.
OTHER_SPEAKERS = re.compile(
    r"\b(?:reporters?|spokes\w+|ambassador|minister|ambassad(?:eur|rice)|porte-parole|ministre|représentante?|journalistes?|"
    r"embajador|embajadora|portavoz|vocero|vocera|canciller|ministr[oa]|representante)(?!\w)", re.I
)  # fmt: skip
SUBJECT = re.compile(
    r"\b(?:resolution|communiqu[ée]|comunicado|Council|Assembly|organi[sz]ation|body|OAS|UN|decision|text|commitment|members?|"
    r"résolution|Conseil|Assemblée|organe|texte|O[ÉE]A|ONU|décision|"
    r"resolución|Consejo|Asamblea|organismo|texto|decisión|heads\s+of\s+(?:state|government)|chefs\s+d'[ée]tat|jefes\s+de\s+estado|"
    r"(?-i:Union|Unión|Community|Communauté|Comunidad|CARICOM|ECOWAS|CEDEAO|EU|UE|AU|UA))(?!\w)|^(?:It|Il|Elle|Este|Esta)\b", re.I
)  # fmt: skip
# A name in capitals right before the verb is its subject; these are names of the body.
NAMED_SUBJECT = re.compile(
    r"(?:^|[,;]\s+|\b(?:and|et|y)\s+)(?:(?:The|La|Le|El|the|la|le|el)\s+|L'|l')?(?P<who>[A-ZÀ-Ý][\w'-]*(?:\s+(?:of|for|the|de|la|des|du|del|los)\s+|\s+|-)?(?:[A-ZÀ-Ý][\w'-]*\s*)*)"
    r"(?:(?:also|has|have|had|a|ha|également|también|on\s+\w+|last\s+\w+)\s+)*$"
)
OWN_NAME = re.compile(
    r"\b(?:Council|Assembly|OAS|OEA|ONU|UN|U\.N\.|United\s+Nations|Conseil|Consejo|Assemblée|Asamblea|Nations\s+Unies|Naciones\s+Unidas|"
    r"American\s+States|Estados\s+Americanos|CARICOM|ECOWAS|CEDEAO|EU|UE|AU|UA|Union|Unión|Community|Communauté|Comunidad|It|Il|Elle|In|By|Under|With|Le|Par|En|Por)\b"
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
