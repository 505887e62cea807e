"""Forms of time limits in French."""

from __future__ import annotations

from konbit.mandate.limit_forms import DAY, MONTH_YEAR, NUMBER, YEAR, DeadlineKind, form

_UNIT = r"(?:jours?|semaines?|mois|ann[ée]es?|ans?|heures?|trimestres?|semestres?)(?:\s+(?:ouvrables|civils?|francs))?"
_PERIOD = rf"{NUMBER}(?:\s+(?:à|ou)\s+{NUMBER})?(?:\s+\([\w -]{{1,20}}\))?(?:\s+(?:prochaine?s|premi[eè]re?s))?\s+{_UNIT}\b"
_PART = r"(?:d[ée]but\s+|mi-|(?:la\s+)?fin\s+(?:de\s+|du\s+mois\s+(?:de\s+|d')|d')?(?:l'ann[ée]e\s+)?|le\s+(?:premier|deuxi[èe]me|second|troisi[èe]me|quatri[èe]me)\s+(?:trimestre|semestre)\s+(?:de\s+)?|(?:la\s+)?fin\s+du\s+(?:premier|deuxi[èe]me|second|troisi[èe]me|quatri[èe]me|dernier)\s+(?:trimestre|semestre)\s+(?:de\s+)?)"
_THE_YEAR = rf"(?:(?:l'|de\s+l')?ann[ée]e\s+)?{YEAR}"
_MOIS = r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)"
_JOUR = rf"(?:1er|\d{{1,2}})\s+{_MOIS}(?:\s+{YEAR})?"
_SEVERAL = rf"(?:{_JOUR}(?:,\s+(?:le\s+)?{_JOUR}){{0,4}}\s+et\s+(?:le\s+)?{DAY}|{_MOIS}(?:\s+{YEAR})?(?:,\s+(?:en\s+)?{_MOIS}(?:\s+{YEAR})?){{0,4}}\s+et\s+(?:en\s+)?{_MOIS}\s+{YEAR})"
_EACH_END = r"(?:la\s+fin|(?:du|le|au)\s+d[ée]but|au\s+commencement)\s+de\s+chaque\s+(?:ann[ée]e|mois|semaine|trimestre|semestre|exercice)"
_NEXT = r"(?:\s+(?:de\s+chaque\s+ann[ée]e|prochain|de\s+(?:la\s+m[êe]me|cette)\s+ann[ée]e))?"
_WHEN = rf"(?:{_SEVERAL}|{_PART}?(?:{DAY}{_NEXT}|{MONTH_YEAR}|{_THE_YEAR})|(?:la\s+fin\s+de\s+l'ann[ée]e)\b(?:\s+en\s+cours)?|la\s+fin\s+de\s+l'ann[ée]e\s+prochaine)"
_MANDATE = r"(?:du\s+(?:pr[ée]sent\s+)?mandat|de\s+(?:son|leur|ce)\s+mandat|de\s+la\s+(?:p[ée]riode|transition)|de\s+cette\s+p[ée]riode|de\s+l'exercice(?:\s+(?:budg[ée]taire|biennal|financier))?)(?:\s+(?:en\s+cours|actuel))?"
_END = r"(?:la\s+fin|(?:l'|son\s+|leur\s+)expiration|l'ach[èe]vement|le\s+terme|l'[ée]ch[ée]ance)"
_RESOLUTION = r"(?:\s+de\s+la\s+pr[ée]sente\s+(?:r[ée]solution|d[ée]cision|d[ée]claration))?"
_FROM = (
    rf"(?:\s+(?:(?:suivant|de|[àa]\s+compter\s+de|apr[èe]s|qui\s+suiv(?:ent|ront)|qui\s+suit|[àa]\s+partir\s+de)\s+(?:la\s+date\s+(?:de\s+|d'(?=adoption)))?(?:l'adoption|son\s+adoption|adoption){_RESOLUTION}"
    rf"|suivant\s+la\s+pr[ée]sente\s+d[ée]claration"
    rf"|[àa]\s+compter\s+de\s+la\s+date\s+de\s+la\s+pr[ée]sente\s+r[ée]solution"
    r"|(?:suivant|[àa]\s+compter\s+(?:de|du)|apr[èe]s)\s+(?:la\s+date\s+(?:de\s+|d'))?(?:l'|la\s+|le\s+|les\s+|sa\s+|son\s+)?(?:entr[ée]e\s+en\s+vigueur|r[ée]ception|signature|notification|publication|d[ée]ploiement|cr[ée]ation|nomination|pr[ée]sentation|fin|ach[èe]vement)(?:\s+(?:de\s+l'|de\s+la\s+|du\s+|des\s+)[\w-]+)?"
    r"|[àa]\s+compter\s+(?:du\s+|de\s+(?:l'|la\s+|son\s+|sa\s+))(?!date\b|adoption\b|jour\b|moment\b)[a-zà-ÿ]{3,}(?:\s+(?:de\s+l'|de\s+la\s+|du\s+|des\s+|de\s+|d')[\w-]+)?"
    r"|(?:suivant|[àa]\s+compter\s+de|apr[èe]s)\s+la\s+date\s+(?:fix[ée]e|indiqu[ée]e|vis[ée]e|mentionn[ée]e|sp[ée]cifi[ée]e)\s+(?:au|dans\s+le)\s+paragraphe\s+\d+(?:\s+ci-dessus)?))"
)
_AFTER = r"\s+apr[èe]s\s+(?:la|le|les|l'|son|sa|leur)\s*[a-zà-ÿ-]+(?:\s+(?:de\s+la|de\s+l'|des|du|de)\s*[a-zà-ÿ-]+)?"
_FROM_CLAUSE = r"\s+[àa]\s+compter\s+(?:de\s+la\s+date|du\s+jour|du\s+moment)\s+(?:[àa]\s+laquelle|o[ùu])\s+[^,;:.]{3,70}?\s+(?:est|sera|seront|sont|aura\s+[ée]t[ée]|auront\s+[ée]t[ée])\s+[a-zà-ÿ]+(?:\s+(?!(?:par|en|à|au|et|avec|ou|pour|dans)\b)[a-zà-ÿ]+)?"
_ORDINAL = r"(?:[a-zé]+(?:-[a-zé]+)*i[èe]me|premi[èe]re|prochaine|[a-zé-]+\s+et\s+[a-zé-]+i[èe]me|\d{1,3}e)"
_SESSION = rf"(?:la\s+(?:premi[èe]re|deuxi[èe]me|seconde|troisi[èe]me)\s+partie\s+de\s+(?:la\s+reprise\s+de\s+)?|la\s+partie\s+principale\s+de\s+)?(?:sa|leur|la|ses|les)\s+{_ORDINAL}(?:(?:,\s+|\s+et\s+){_ORDINAL}){{0,3}}\s+(?:sessions?|r[ée]union)(?:\s+(?:ordinaires?|extraordinaires?|annuelles?|de\s+fond))?(?:\s+(?:de\s+l'(?-i:A)ssembl[ée]e(?:\s+g[ée]n[ée]rale)?|du\s+(?-i:C)onseil(?:\s+des\s+droits\s+de\s+l'homme|\s+[ée]conomique\s+et\s+social|\s+permanent)?|de\s+la\s+(?-i:C)ommission))?|sa\s+session\s+(?:ordinaire|de\s+{YEAR})"
_KIND = r"(?:(?:nouvelle|premi[èe]re|derni[èe]re|ultime|autre)(?:\s+et\s+(?:derni[èe]re|ultime))?)"
_RHYTHM = r"(?:p[ée]riodique|trimestriel|semestriel|annuel|mensuel|bimensuel|hebdomadaire|r[ée]gulier)(?:le)?s?"

FORMS = (
    form("fr-end-of-each", DeadlineKind.RECURRING, "de chaque",
     rf"(?:(?:dans\s+(?:les|un\s+d[ée]lai\s+de)\s+|au\s+plus\s+tard\s+)?{_PERIOD}\s+(?:suivant|apr[èe]s|avant)\s+|[àa]\s+|avant\s+)?{_EACH_END}"),
    form("fr-before-end", DeadlineKind.BY, "avant|plus tard",
     rf"(?:au\s+moins\s+|au\s+plus\s+tard\s+)?{_PERIOD}\s+(?:au\s+(?:moins|plus\s+tard)\s+)?avant\s+(?:{_END}\s+{_MANDATE}|{_END}|l'ouverture\s+de\s+{_SESSION}|{_SESSION})"
     rf"|au\s+plus\s+tard\s+{_PERIOD}(?:{_FROM}|{_AFTER})|{_PERIOD}\s+au\s+plus\s+tard{_FROM}"),
    form("fr-by", DeadlineKind.BY, "plus tard|d'ici|avant",
     rf"au\s+plus\s+tard\s+(?:les?\s+|en\s+|[àa]\s+|d'ici\s+(?:le\s+|au\s+|[àa]\s+)?|avant\s+(?:le\s+)?)?(?:{_WHEN}|{_SESSION})"
     rf"|(?:le\s+)?{DAY}\s+au\s+plus\s+tard|d'ici\s+(?:au\s+|[àa]\s+|le\s+)?(?:{_WHEN}|{_END}\s+{_MANDATE}|terme\s+{_MANDATE})|avant\s+(?:le\s+)?{_WHEN}|avant\s+(?:le\s+d[ée]but|l'ouverture|la\s+tenue)\s+(?:de\s+la\s+|de\s+l'|du\s+|des\s+)[a-zà-ÿ]+(?:\s+[a-zà-ÿ]+)?(?=[,;.:]|\s+(?:et|à|de)\b|$)|avant\s+{_END}\s+{_MANDATE}|au\s+plus\s+tard\s+[àa]\s+{_END}\s+{_MANDATE}"),
    form("fr-until", DeadlineKind.UNTIL, "jusqu|expir|fin le|achevant|terminant",
     rf"jusqu'(?:au\s+|[àa]\s+|en\s+)(?:{_WHEN}|{_END}\s+(?:{_MANDATE}|de\s+{_SESSION})|{_SESSION})(?:\s+(?:inclus|au\s+plus\s+tard))?|(?:venant\s+[àa]\s+expiration|expirant|prenant\s+fin|s'achevant|se\s+terminant|devant\s+prendre\s+fin|arrivant\s+[àa]\s+expiration)\s+le\s+{DAY}"),
    form("fr-from-to", DeadlineKind.FROM, "du |entre",
     rf"(?:pour\s+la\s+p[ée]riode\s+)?(?:allant\s+)?du\s+{_WHEN}\s+au\s+{_WHEN}|entre\s+le\s+{_WHEN}\s+et\s+le\s+{_WHEN}"),
    form("fr-from-day", DeadlineKind.FROM, "compter|partir|effet|dès",
     rf"[àa]\s+compter\s+de\s+(?:la\s+date\s+(?:de\s+l'|d'))?(?:l')?expiration\s+{_MANDATE}|(?:[àa]\s+compter\s+d[ue]|[àa]\s+partir\s+d[ue']|avec\s+effet\s+(?:au|[àa]\s+compter\s+du)|d[èe]s\s+(?:le)?)\s*{_WHEN}(?:\s+[àa]\s+\d{{1,2}}\s?(?:h|heures?)(?:\s?\d{{1,2}})?\b)?"),
    form("fr-on-day", DeadlineKind.FROM, "le |les |date", rf"(?:[àa]\s+{NUMBER}\s+heures?,?\s+)?(?:les?\s+{_SEVERAL}|le\s+{DAY})|[àa]\s+cette\s+(?:m[êe]me\s+)?date"),
    form("fr-day-of-event", DeadlineKind.FROM, "jour|date de son|date de leur",
     r"le\s+(?:premier\s+)?jour\s+(?:suivant|qui\s+suit)\s+(?:celui\s+de\s+)?(?:sa|la|leur)\s+(?:publication|notification)|(?:[àa]\s+la\s+date|le\s+jour)\s+de\s+(?:son|leur)\s+adoption"),
    form("fr-within", DeadlineKind.WITHIN, "délai|delai|dans |sous ",
     rf"dans\s+(?:un\s+d[ée]lai\s+(?:maximum\s+|maximal\s+)?(?:de\s+|d'(?:au\s+plus\s+)?|(?:n'exc[ée]dant|ne\s+d[ée]passant)\s+pas\s+|ne\s+pouvant\s+(?:exc[ée]der|d[ée]passer)\s+|inf[ée]rieur\s+[àa]\s+)|les\s+(?:{NUMBER}\s+(?:premiers|prochains)\s+|premiers\s+|prochains\s+)?|le\s+d[ée]lai\s+(?:de\s+|d'))?(?:{_PERIOD}|(?:premiers\s+|prochains\s+)?{_UNIT}(?={_FROM})){_FROM}?"
     rf"|sous\s+{_PERIOD}{_FROM}?|(?:sous|dans\s+la)\s+(?:quinzaine|huitaine)"),
    form("fr-duration", DeadlineKind.DURATION, "pour |pendant |durant |durée|période|de ",
     rf"(?:pour|pendant|durant|sur)\s+(?:une\s+|un\s+)?(?:{_KIND}\s+)?(?:p[ée]riode|dur[ée]e|d[ée]lai)\s+(?:initiale?\s+|suppl[ée]mentaire\s+|maximale?\s+|finale?\s+|additionnelle\s+|transitoire\s+|renouvelable\s+)?(?:de\s+|d'|(?:ne\s+d[ée]passant\s+pas|n'exc[ée]dant\s+pas|maximale?\s+de)\s+)(?:{_PERIOD}|un\s+an)(?:{_FROM}|{_FROM_CLAUSE})?"
     rf"|(?:pour|pendant|durant)\s+(?:encore\s+|les\s+(?={NUMBER}\s+premiers?\s))?{_PERIOD}(?:\s+(?:suppl[ée]mentaires?|de\s+plus))?{_FROM}?|pour\s+l'(?:exercice\s+(?:biennal\s+|budg[ée]taire\s+)?|ann[ée]e\s+)?{YEAR}(?:\s?[-\u2013]\s?{YEAR})?|d'une\s+(?:{_KIND}\s+)?(?:dur[ée]e|p[ée]riode)\s+(?:initiale?\s+|suppl[ée]mentaire\s+)?(?:de\s+|d'){_PERIOD}|(?<!bout\s)d'un\s+an\b|(?:(?<=proroger\s)|(?<=prolonger\s)|(?<=proroge\s)|(?<=prolonge\s))de\s+{_PERIOD}(?:\s+suppl[ée]mentaires?)?|pour\s+une?\s+(?:nouvelle\s+)?ann[ée]e(?:\s+suppl[ée]mentaire)?|(?:pour|pendant|durant|sur)\s+la\s+p[ée]riode\s+{YEAR}\s?[-\u2013]\s?{YEAR}|(?:pour|pendant|durant)\s+(?:toute\s+)?la\s+dur[ée]e\s+{_MANDATE}|(?:pour|pendant|durant)\s+le\s+reste\s+(?:de\s+{_THE_YEAR}|de\s+l'ann[ée]e|{_MANDATE})"),
    form("fr-by-period", DeadlineKind.DURATION, "de |à une", rf"de\s+{_PERIOD}(?:\s+(?:suppl[ée]mentaires?|de\s+plus))?(?!\s+(?:[àa]|de|ou|et)\b)|[àa]\s+une\s+p[ée]riode\s+de\s+{_PERIOD}{_FROM}?"),
    form("fr-end-of", DeadlineKind.BY, "à l|à la|au terme|a l|mi-parcours|au bout", rf"au\s+bout\s+(?:de\s+|d'){_PERIOD}|[àa]\s+mi-parcours(?:\s+{_MANDATE})?|(?:[àa]\s+(?:l'expiration|la\s+fin|l'issue|l'ach[èe]vement)|au\s+terme)\s+(?:{_MANDATE}|de\s+{_SESSION}|d'une\s+p[ée]riode\s+de\s+{_PERIOD})(?!,\s+pour\b)"),
    form("fr-in-coming", DeadlineKind.WITHIN, "prochain|premier", rf"(?:au\s+cours|pendant|durant)\s+(?:des\s+|les\s+)(?:{NUMBER}\s+)?(?:prochaine?s|premi[eè]re?s)\s+{_UNIT}|au\s+cours\s+de\s+l'ann[ée]e\s+(?:à\s+venir|prochaine)"),
    form("fr-after-adoption", DeadlineKind.WITHIN, "adoption", rf"{_PERIOD}(?:\s+au\s+(?:plus|maximum))?{_FROM}"),
    form("fr-from-adoption", DeadlineKind.FROM, "adoption", rf"(?:[àa]\s+compter|[àa]\s+partir)\s+de\s+(?:la\s+date\s+(?:de\s+|d'(?=adoption)))?(?:l'adoption|son\s+adoption|adoption){_RESOLUTION}"),
    form("fr-every", DeadlineKind.RECURRING, "tous|toutes|chaque|une fois|fois par|réguli|périodi|ment|base|interval",
     rf"tou(?:s|tes)\s+les\s+(?:{NUMBER}\s+(?:\(\d{{1,3}}\)\s+)?)?{_UNIT}|chaque\s+(?:ann[ée]e|mois|semaine|trimestre|semestre|jour)|(?:une|deux|trois|quatre)\s+fois\s+(?:par\s+(?:an|ann[ée]e|mois|semaine|trimestre)|l'an)"
     rf"|r[ée]guli[èe]rement|p[ée]riodiquement|annuellement|trimestriellement|semestriellement|mensuellement|hebdomadairement|[àa]\s+intervalles\s+(?:r[ée]guliers|de\s+{_PERIOD})|tout\s+au\s+long\s+de\s+l'ann[ée]e"),
    form("fr-rhythm", DeadlineKind.RECURRING, "rapport|expos|base|compte",
     rf"(?:rapports?|expos[ée]s?|comptes\s+rendus?|bilans?)\s+(?:[ée]crits?\s+|oraux\s+|oral\s+)?{_RHYTHM}|sur\s+une\s+base\s+{_RHYTHM}"),
    form("fr-session", DeadlineKind.MEETING, "session|réunion|reunion",
     rf"(?:[àa]|lors\s+de|avant|pendant|au\s+cours\s+de|durant|pour|d[èe]s)\s+(?:{_SESSION})|(?:(?<=jour\s)|(?<=provisoire\s))de\s+(?:{_SESSION})"),
    form("fr-in-year", DeadlineKind.BY, "en |cours|courant|au ", rf"(?:en|au\s+cours\s+de(?:\s+l'ann[ée]e)?|courant|dans\s+le\s+courant\s+de(?:\s+l'ann[ée]e)?|(?:au|au\s+cours\s+du|pendant\s+le|dans\s+le\s+courant\s+du)\s+(?:premier|deuxi[èe]me|second|troisi[èe]me|quatri[èe]me)\s+(?:trimestre|semestre)(?:\s+de(?:\s+l'ann[ée]e)?)?)\s+(?:{_SEVERAL}|{MONTH_YEAR}|{YEAR})"),
)  # fmt: skip
