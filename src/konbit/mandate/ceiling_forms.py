"""Words that bound a number, what goes on from one number to the next, and what ends a unit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from konbit.mandate.ceiling_given import given_form, opening_form
from konbit.mandate.ceiling_subjects import subject_form
from konbit.mandate.dates import NUMBER

_FIGURES = r"\d{1,3}(?:[,.  ]\d{3})+(?![\d,.]\d)|\d{1,7}(?:[.,]\d{1,2})?(?![\d,.]\d)"
_MONEY = r"(?:US\s?\$|USD|\$|EUR|€|CAD|C\$|£|GBP|CHF)"
_SCALE = r"(?:\s+(?P<s>thousand|million|billion|mille|millions?(?:\s+de)?|milliards?(?:\s+de)?|mil(?:\s+millones)?|mill[óo]n(?:es)?)(?:\s+de)?\b)"
_TWICE = r"(?:\s*\(\s?[\d,. ]{1,9}\s?\))?"  # "thirty (30)"
_COUNT = rf"(?P<m>{_MONEY}\s?)?(?P<n>{_FIGURES}|(?:a|two|three)\s+dozen|{NUMBER}(?![\w-])){_SCALE}?{_TWICE}"
_STOP = {
    "en": r"and|or|to|in|until|for|as|with|by|of|including|from|per|on|at|within|who|which|that|the|is|are|be|shall|will|drawn|deployed|unless|when|once|if|before|after|comprising|comprised|composed|made|consisting|under|each|provided|plus|only|between|during|throughout|should|must|may|can|remain|remains|has|have|having|whose",
    "fr": r"et|ni|ou|à|au|aux|en|jusqu'au|pour|par|avec|dont|de|du|des|d|qui|que|y|dans|sur|sous|sera|seront|est|sont|chargés?|pendant|le|la|les|chacune?|ainsi|comprenant|ne",
    "es": r"y|ni|o|a|al|en|hasta|para|por|con|de|del|que|incluid[oa]s?|dentro|sobre|bajo|será|serán|es|son|durante|el|la|los|las|encargad[oa]s|cada|como|así",
}
_JOINED = {
    "en": r"(?:\s+and\s+(?:police|soldiers|troops)(?=\s*[,;.)]|\s+(?:in|to|for|by|until|with)\b|\s*$)|\s+and\s+(?:police|military|civilian)\s+(?:personnel|officers|staff)(?=\s*[,;.)]|\s+(?:and|in|to|for|by|until|with)\b|\s*$))?(?:\s+of\s+(?:(?:the\s+)?United\s+States|all\s+ranks|formed\s+police\s+units))?",
    "fr": r"(?:\s+(?:en\s+(?:tenue|uniforme)|de\s+police(?:\s+(?:civile|constituées?))?|de\s+la\s+police(?:\s+civile)?|de\s+sécurité|du\s+personnel(?:\s+\w+)?|des\s+États-Unis|d'infanterie|d'état-major|de\s+liaison|de\s+tous\s+(?:grades|rangs)|d'agents?(?:\s+local|\s+locaux)?|d'administrateurs?))*",
    "es": r"(?:\s+(?:de\s+(?:la\s+)?polic[íi]a(?:\s+(?:civil|constituidas?))?|de\s+seguridad|del?\s+personal(?:\s+\w+)?|de\s+los\s+Estados\s+Unidos|de\s+infanter[íi]a|de(?:l)?\s+estado\s+mayor|de\s+enlace|de\s+todos\s+los\s+rangos))*",
}
_OF_THEM = {"en": r"(?:\s+of\s+(?:the|these|those|its)(?:\s+\d[\d,]*)?)?", "fr": "", "es": ""}
_MOST_WORDS = {"en": 5, "fr": 3, "es": 3}
_UNIT = {
    language: rf"{_OF_THEM[language]}(?P<u>(?:\s+(?!(?:{stop})(?![\w-]))[A-Za-zÀ-ÿ'-]+){{0,{_MOST_WORDS[language]}}}{_JOINED[language]})"
    for language, stop in _STOP.items()
}
_ONE_MORE = {
    "en": r"(?:an?\s+|the\s+)?(?:additional|further|extra)",
    "fr": r"(?!)",
    "es": r"(?:otr[oa]s)",
}
_CHANGED = r"(?:increas|rais|enlarg|expand|strengthen|reinforc|augment|boost|reduc|lower|decreas|cut|diminish|draw)"
_BOUNDS = {
    "en": r"(?:level|strength|number|ceiling)s?\s+(?:of\s+[a-z ]{3,40}?)?from\s+\d[\d,]*\s+(?:[a-z ]{3,40}?\s)?to|from\s+\d[\d,]*\s+(?:[a-z ]{3,40}?\s)?to(?:\s+(?:a\s+(?:maximum|total|ceiling)\s+of|up\s+to|not\s+more\s+than))?|"
    r"(?:by\s+)?\d{1,2}(?:\.\d{1,2})?\s+per\s?cent,?\s+to|up\s+to(?:\s+(?:and\s+including|a\s+(?:ceiling|maximum|total|strength|level)\s+of))?|(?:not|no)\s+(?:more|greater)\s+than|as\s+many\s+as|not\s+(?:be\s+)?exceed(?:ing)?|not\s+to\s+exceed|not\s+(?:to\s+)?(?:grow|rise|go|climb|increase|be\s+(?:raised|increased|expanded))\s+(?:beyond|above|over)|(?:an?\s+|the\s+)?(?:maximum|(?:authori[sz]ed\s+)?(?:[a-z]+\s+)?(?:ceiling|cap)|upper\s+limit|authori[sz]ed\s+(?:[a-z]+\s+)?strength|maximum\s+(?:[a-z]+\s+)?(?:strength|number|level))\s+(?:of|at)|capped\s+at|limited\s+to|at\s+most|at\s+least|no\s+fewer\s+than|not\s+(?:less|fewer)\s+than|(?:a\s+)?minimum\s+(?:[a-z]+\s+)?(?:strength\s+|number\s+)?of|"
    rf"(?:level|strength|number|ceiling)s?\s+(?:of\s+[a-z ]{{3,40}}?)?(?:to|at|of|from)|{_CHANGED}\w*\s+(?:[a-z' -]{{3,80}}?\s)?(?:to|by)|(?:by|for)\s+an\s+additional|(?:increase|expansion|reduction|decrease|drawdown|reinforcement|augmentation)\s+(?:in\s+|of\s+)?(?:[a-z' -]{{3,60}}?\s)?(?:by|of)|(?:(?:the|an?)\s+)?(?:additional\s+)?(?:amount|sum)\s+of|"
    r"(?:amount|budget|costs?|ceiling|strength)\s+(?:[\w' -]{3,120}?\s)?(?:shall|will|should|is|are)\s+(?:(?:be\s+)?(?:amount\s+to|set\s+at|fixed\s+at)|be(?=\s+(?:EUR|USD|US\s?\$|\$|€)))|"
    r"(?:ceiling|strength|number|total|level)s?\s+(?:[\w' -]{3,80}?\s)?(?:shall|will|should)\s+(?:remain(?:\s+at)?|be(?:\s+(?:kept|maintained)\s+at)?|stand\s+at|total)(?=\s+\d)|"
    r"" + _ONE_MORE["en"],
    "fr": r"jusqu'à(?:\s+concurrence\s+de)?|au\s+(?:maximum|plus)|(?:un\s+)?maximum\s+de|effectifs?\s+(?:total\s+|militaires?\s+|policiers?\s+)?(?:maximum|maximal|autorisé|plafonné)\w*(?:\s+[\w' ]{2,40}?)?\s+(?:de|à|sera\s+de|est\s+fixé\s+à|sera\s+porté\s+à)|effectifs?\s+(?:total|global|militaire|policier)s?\s+(?:de|à)|effectifs?\s+pourr\w+\s+atteindre|pas\s+plus\s+de|"
    r"(?:ne\s+d[ée]pass|n'exc[ée]d)\w+\s+pas|(?:pas|point)\s+(?:[a-zà-ÿ]+\s+)?au-delà\s+de|ni\s+(?:être\s+)?sup[ée]rieure?s?\s+à|ne\s+(?:pourra|devra|sera|doit|peut)\s+(?:pas\s+)?être\s+(?:inf[ée]rieure?s?|sup[ée]rieure?s?)\s+à|pass(?:er|era|e)\s+(?:[a-zà-ÿ' ]{3,60}?\s+)?de\s+\d[\d ]*\s+à|(?:sans|ne\s+pouvant)\s+dépasser|dans\s+la\s+limite\s+de|plafonnée?s?\s+à|plafond\s+(?:[\w' ]{2,40}?\s)?(?:de|à)|à\s+hauteur\s+de|(?:au\s+moins|au\s+minimum|un\s+minimum\s+de)|(?:le\s+montant|la\s+somme|un\s+montant)\s+de|s'élève(?:ra|nt|ront)?\s+à|(?:augment\w+|renforc\w+|relev\w+|rédui\w+|dimin\w+)\s+(?:[a-zà-ÿ' ]{3,60}?\s)?de(?=\s+\d)|(?:augmentation|renforcement|réduction|diminution)\s+(?:[a-zà-ÿ' ]{3,60}?\s)?de(?=\s+\d)|(?:port\w+|ramen\w+|réduire|relever|augmenter)\s+(?:[a-zà-ÿ' ]{3,60}?\s+)?(?:de\s+\d[\d ]*\s+à|à|de)",
    "es": r"hasta(?:\s+un\s+(?:total|m[áa]ximo)\s+de)?|(?:un\s+)?m[áa]ximo\s+de|como\s+m[áa]ximo|(?:no|ni)\s+m[áa]s\s+de|(?:que\s+)?no\s+(?:exced|super|sobrepas|rebas)\w*(?:\s+(?:de|los|las))?|no\s+superior\s+a|(?:un\s+)?(?:tope|l[íi]mite|techo)\s+(?:m[áa]ximo\s+)?de|dotaci[óo]n\s+(?:m[áa]xima|autorizada)(?:\s+[\w ]{2,40}?)?\s+(?:de|en)|"
    r"(?:al\s+menos|por\s+lo\s+menos|no\s+(?:tenga\s+|tendrá\s+|haya\s+|sean?\s+)?menos\s+de|como\s+m[íi]nimo|un\s+m[íi]nimo\s+de)|(?:el\s+monto|la\s+suma|la\s+cantidad|un\s+monto)\s+de|(?:aument\w+|increment\w+|reforz\w+|reduc\w+|disminu\w+)\s+(?:[a-záéíóúñ ]{3,60}?\s)?en(?=\s+(?:otros\s+|otras\s+)?\d)|ampli\w+\s+(?:[a-záéíóúñ ]{3,60}?\s)?(?:en|con)(?=\s+\d)|(?:aument\w+|redu[cz]\w+|elev\w+)\s+(?:[a-záéíóúñ ]{3,60}?\s+)?(?:de\s+\d[\d.]*\s+a|a|en)|" + _ONE_MORE["es"],
}  # fmt: skip
# Words of composition bound only soldiers, police, formations and kit: "shall comprise 300 police".
_COMPOSED = {
    "en": r"compris(?:e|es|ed\s+of|ing)|consist(?:s|ing)?\s+of|(?:composed|made\s+up)\s+of|including|(?:re)?deployment\s+of|transfer(?:\s+from\s+[\w ]{2,40}?)?\s+of",
    "fr": r"comprendr\w+|compren(?:d|ne|ant)|(?:sera|seront|est)\s+(?:composée?|constituée?|formée?)\s+d(?:e\s+|')?|compos\w+\s+de|compter\w*|(?:re)?déploiement\s+d(?:e|'un)",
    "es": r"(?:estar[áa]\s+)?(?:integrad|compuest|formad|constituid)[oa]s?\s+(?:por|de)|const(?:e|ar[áa])\s+de|compren(?:da|der[áa])|cuente\s+con|contar[áa]\s+con|tenga|tendr[áa]|(?:re)?despliegue\s+de",
}
_TOTAL = {
    "en": r"(?:\((?:[a-z]|[ivx]{1,4})\)\s+)?(?:(?:an?\s+)?(?:overall\s+)?total\s+of\s+|an?\s+(?:amount|strength)\s+of\s+|approximately\s+|initially\s+|some\s+|(?P<more>an\s+additional|a\s+further|another)\s+)?",
    "fr": r"(?:un\s+total\s+de\s+|un\s+montant\s+de\s+|environ\s+|quelque\s+|concurrence\s+de\s+)?(?P<more>(?!))?",
    "es": r"(?:un\s+total\s+de\s+|un\s+monto\s+de\s+|aproximadamente\s+|unos\s+|unas\s+|(?P<more>otr[oa]s)\s+)?",
}
# "5,550 personnel, of whom 5,500 uniformed, military or police, and 50 civilian personnel".
_PARTS_OF = {
    "en": r"(?:\s+each)?(?:\s*\([a-z][a-z ,/-]{2,40}\))?(?:,\s+[a-z]+\s+(?:or|and)\s+[a-z]+(?=,)|\s+(?:and|or)\s+[a-z]+\s+(?:personnel|officers|staff))?",
    "fr": r"(?:\s+chacune?)?(?:,\s+[a-zà-ÿ]+\s+(?:ou|et)\s+[a-zà-ÿ]+(?=,)|\s+(?:et|ou)\s+[a-zà-ÿ]+\s+(?=et\s))?",
    "es": r"(?:\s+cada\s+un[oa])?(?:,\s+[a-záéíóú]+\s+(?:o|y)\s+[a-záéíóú]+(?=,)|\s+(?:y|o)\s+[a-záéíóú]+\s+(?=y\s))?",
}
_AGAIN = {
    "en": r"(?:;\s+(?:and\s+)?\((?:[a-z]|[ivx]{1,4})\)|(?P<past>,\s+including\s+[^,;:.\d]{5,160}?,?\s+and)|,?\s+(?:consisting|comprised|composed|made\s+up)\s+of|,?\s+(?:comprising|totall?ing|numbering)|,?\s+(?:organi[sz]ed|divided)\s+in(?:to)?|,\s+each\s+(?:of|with)|,\s+of\s+(?:whom|which)(?:\s+up\s+to)?|,\s+(?:namely|that\s+is|being)|\s*\((?:consisting\s+of|comprising)?|,\s+and|,|\s+and|,?\s+as\s+well\s+as|,?\s+including|,?\s+plus|,?\s+with|,?\s+or|\s+of(?=\s+(?:[a-z]+\s+){0,3}\d[^,;.]{0,60}\beach\b))\s+(?:(?P<own>up\s+to|a\s+maximum\s+of|(?:no|not)\s+more\s+than|at\s+least|a\s+minimum\s+of)\s+)?(?P<body>(?:an?|its)\s+(?:[a-z-]+\s+){0,2}(?:staff|reserve|detachment|contingent|team|group|unit|component|guard|corps)\s+of\s+)?(?:some\s+|about\s+|approximately\s+)?",
    "fr": r"(?:(?P<past>,\s+(?:y\s+compris|dont|notamment)\s+[^,;:.\d]{5,160}?,?\s+et)|,?\s+(?:composée?s?|constituée?s?|formée?s?)\s+d[e'u](?:s\b)?|,?\s+comprenant|,?\s+répartie?s?\s+en|,\s+(?:soit|à\s+savoir)|\s*\((?:soit)?|,\s+et|,\s+ou|,|\s+et|,?\s+ainsi\s+que|,?\s+(?:dont|y\s+compris)|\s+de(?=\s+\d[^,;.]{0,60}\bchacune?\b))\s+(?:de\s+|d')?(?:(?P<own>jusqu'à|au\s+maximum|un\s+maximum\s+de|au\s+moins)\s+)?",
    "es": r"(?:(?P<past>,\s+(?:incluid[oa]s?|entre\s+ell[oa]s)\s+[^,;:.\d]{5,160}?,?\s+y)|,?\s+(?:integrad|compuest|formad|constituid)[oa]s?\s+(?:por|de)|,\s+de\s+(?:los|las)\s+(?:cuales|que)|,\s+a\s+saber,?|\s*\(|,\s+y|,\s+o|,|\s+y|\s+e|,?\s+as[íi]\s+como|,?\s+incluid[oa]s|\s+de(?=\s+\d[^,;.]{0,60}\bcada\s+un))\s+(?:de\s+)?(?:(?P<own>hasta|un\s+m[áa]ximo\s+de|al\s+menos|por\s+lo\s+menos)\s+)?",
}
# What stands after a number and bounds it: "6 240 hommes au maximum".
_AFTER = {
    "en": r",?\s+(?:at\s+(?:the\s+)?most|as\s+a\s+maximum|as\s+a\s+minimum|at\s+(?:the\s+)?least)",
    "fr": r",?\s+(?:au\s+(?:maximum|plus|minimum|moins)|maximum|supplémentaires?|de\s+plus)",
    "es": r",?\s+(?:como\s+(?:m[áa]ximo|m[íi]nimo)|a\s+lo\s+sumo|por\s+lo\s+menos|adicionales|m[áa]s(?!\s+(?:de|que)))",
}
_BETWEEN = {
    "en": (r"between|in\s+the\s+range\s+of", r"(?:and|to)"),
    "fr": (r"entre", r"et"),
    "es": (r"entre", r"y"),
}
# "Of whom 900 shall be police officers".
_WHO_ARE = {
    "en": r"(?:\s+(?:shall|will|should|must|may|are)(?:\s+to)?(?:\s+be)?(?=\s+(?:[a-z-]+\s+)?(?:military|police|uniformed|civilians?|soldiers|troops|women|observers|officers)\b))?",
    "fr": r"(?:\s+(?:seront|sont)(?=\s+(?:des\s+)?(?:militaires|policiers|civils|femmes|observateurs)))?(?:\s+des(?=\s))?",
    "es": r"(?:\s+(?:serán|son)(?=\s+(?:militares|polic[íi]as|civiles|mujeres|observadores)))?",
}
_COMES_TO = {
    "en": r"from\s+\d[\d,]*\s+to|(?:(?:thus|thereby|hence|so)\s+)?(?:bringing|raising|taking|to\s+bring)\s+[a-z' ]{2,50}?\s+to(?:\s+a\s+total\s+of)?|(?:for|to)\s+a\s+(?:new\s+)?(?:total|ceiling|maximum|level|strength)\s+of|to(?:\s+up\s+to)?",
    "fr": r"(?:portant|pour\s+porter)\s+[a-zà-ÿ' ]{3,50}?\s+à(?:\s+un\s+total\s+de)?|pour\s+(?:le|la|les)\s+porter\s+à|à",
    "es": r"(?:elevando|para\s+elevar)\s+[a-záéíóúñ ]{3,50}?\s+a(?:\s+un\s+total\s+de)?|hasta(?:\s+un\s+total\s+de)?|a",
}
SIGNS = {
    "en": ("up to", "bring", "beyond", "above", "over ", "deploy", "transfer", "exceed", "than", "maxim", "minim", "ceil", "level", "streng", "number", "increas", "reduc", "rais", "lower", "least", "most", "amount", "sum ",
           "compris", "consist", "compose", "additional", "further", "capped", "cap of", "limit", "cost", "budget", "expan", "between", "draw", "withdraw", "augment", "reinforc", "decreas", "including", " from ", "extra", "enlarg", "boost", "range of", "made up", "greater", "as many"),
    "fr": ("jusqu", "déploie", "maxim", "minim", "effectif", "plus ", "dépass", "limite", "plafon", "hauteur", "moins", "montant", "somme", "port", "ramen", "élève", "rédui", "réduc", "relev", "augment", "compr", "compos", "const", "form", "renforc", "dimin", "compt", "entre", "supplémentaire", "excéd", "exced", "passe", "supérieur", "inférieur", "au-delà"),
    "es": ("hasta", "despliegue", "máxim", "mínim", "más ", "exced", "super", "sobrepas", "rebas", "tope", "límite", "techo", "dotaci", "menos", "monto", "suma", "cantidad", "aument", "increment", "reduc", "elev", "integrad", "compuest", "formad", "constitu", "const", "compren", "cuente", "contar", "tenga", "tendr", "reforz", "disminu", "entre", "otros", "otras", "adicional", "ampli"),
}  # fmt: skip


# Words of which a form has one at least, in any language: they are looked for first.
RANGED_SIGNS = ("between", "range of", "entre")
EXTRA_SIGNS = ("additional", "further", "more", "extra")
AFTER_SIGNS = (
    "most", "least", "imum", "supplémentaire", "de plus", "au plus", "au moins", "máximo", "maximo",
    "mínimo", "minimo", "lo sumo", "lo menos", "adicionales", "más",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of numbers in one language.

    Attributes:
        bound: a bound, a number, what is counted.
        again: what goes on from a number to the next that shares its bound.
        ranged: two numbers between which something is to be.
        after: a number, what is counted, a bound.
        extra: a number that comes on top: "two additional battalions".
        then: what a change comes to: "by 500, to 2,000 troops".
        given: what is given or kept, and its number: "to recruit 25 mediators".
        subject: a number of what something is done with: "300 police shall be deployed".
        opening: a body of people or a sum at the head of an act: "a budget of $2 million".
    """

    bound: re.Pattern[str]
    again: re.Pattern[str]
    ranged: re.Pattern[str]
    after: re.Pattern[str]
    extra: re.Pattern[str]
    then: re.Pattern[str]
    given: re.Pattern[str]
    opening: re.Pattern[str]
    subject: re.Pattern[str]


def _forms(language: str) -> Forms:
    unit, total = _UNIT[language], _TOTAL[language]
    before, joint = _BETWEEN[language]
    bounds = rf"{_BOUNDS[language]}|(?P<composed>{_COMPOSED[language]})"
    return Forms(
        re.compile(rf"(?<![\w-])(?P<b>{bounds})\s+{total}{_COUNT}{unit}", re.IGNORECASE),
        re.compile(rf"{_PARTS_OF[language]}{_AGAIN[language]}{_COUNT}{_WHO_ARE[language]}{unit}", re.IGNORECASE),
        re.compile(rf"(?<![\w-])(?:{before})\s+(?P<low>{_FIGURES})(?:\s+[a-zà-ÿ]+){{0,2}}?\s+{joint}\s+{_COUNT}{unit}", re.IGNORECASE),
        re.compile(rf"(?<![\w,.-]){_COUNT}{unit}(?P<b>{_AFTER[language]})(?![\w-])", re.IGNORECASE),
        re.compile(rf"(?<![\w,.-]){_COUNT}(?P<b>\s+(?:additional|further|more|extra)(?!\s+than)){unit}", re.IGNORECASE),
        re.compile(rf",?\s+(?:{_COMES_TO[language]})\s+{_COUNT}{unit}", re.IGNORECASE),
        given_form(language, rf"{_COUNT}{unit}"),
        opening_form(language, rf"{_COUNT}{unit}"),
        subject_form(language, rf"{_COUNT}{unit}"),
    )  # fmt: skip


FORMS = {language: _forms(language) for language in ("en", "fr", "es")}
