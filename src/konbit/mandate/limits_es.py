"""Forms of time limits in Spanish."""

from __future__ import annotations

from konbit.mandate.limit_forms import DAY, MONTH_YEAR, NUMBER, YEAR, DeadlineKind, form

_UNIT = r"(?:d[íi]as?|semanas?|mes(?:es)?|años?|horas?|trimestres?|semestres?)(?:\s+(?:h[áa]biles|naturales|civiles|calendario))?"
_PERIOD = rf"{NUMBER}(?:\s+\([\w -]{{1,20}}\))?\s+{_UNIT}\b"
_PART = r"(?:(?:a\s+)?(?:fines|finales|principios|comienzos|mediados)\s+de\s+|(?:el\s+)?(?:fin|final)\s+de(?:l\s+año)?\s+|(?:el\s+)?(?:primer|segundo|tercer|cuarto)\s+(?:trimestre|semestre)\s+de\s+|(?:a\s+)?(?:fines|finales|fin)\s+del\s+(?:primer|segundo|tercer|cuarto|[úu]ltimo)\s+(?:trimestre|semestre)\s+de\s+)"
_MES = r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre)"
_DE_YEAR = rf"(?:\s+de(?:l)?\s+{YEAR})"
_DIA = rf"(?:1[º°]|primero|\d{{1,2}})\s+de\s+{_MES}{_DE_YEAR}?"
_SEVERAL = rf"(?:{_DIA}(?:,\s+(?:el\s+)?{_DIA}){{0,4}}\s+y\s+(?:el\s+)?{DAY}|{_MES}{_DE_YEAR}?(?:,\s+(?:en\s+)?{_MES}{_DE_YEAR}?){{0,4}}\s+y\s+(?:en\s+)?{_MES}{_DE_YEAR})"
_EACH_END = r"(?:a(?:l)?\s+|el\s+|del\s+)?(?:fin(?:al(?:es)?|es)?|cierre|t[ée]rmino|comienzos?|principios?|inicio)\s+de\s+cada\s+(?:año|mes|semana|trimestre|semestre|ejercicio)"
_NEXT = r"(?:\s+(?:de\s+cada\s+año|pr[óo]ximo|del\s+(?:mismo|presente)\s+año))?"
_THE_YEAR = rf"(?:(?:el\s+|del\s+)?año\s+)?{YEAR}"
_WHEN = rf"(?:{_SEVERAL}|(?:{_PART}|(?:el\s+)?mes\s+de\s+)?(?:{DAY}{_NEXT}|{MONTH_YEAR}|{_THE_YEAR})|(?:fines|finales)\s+de(?:l\s+|\s+este\s+)año\b|fin(?:es|ales)?\s+de\s+año\b|(?:el\s+)?año\s+en\s+curso)"
_MANDATE = r"(?:del?\s+(?:(?:su|ese|este|presente|dicho)\s+)?(?:mandato|per[íi]odo)|de\s+la\s+(?:transici[óo]n|presente\s+autorizaci[óo]n))(?:\s+(?:actual|vigente|en\s+curso))?"
_EXPIRES = r"(?:antes\s+de\s+que\s+(?:expire|termine|concluya|finalice|venza)\s+(?:(?:su|el|ese|este|dicho)\s+(?:actual\s+|presente\s+)?(?:mandato|período|año|plazo)(?:\s+(?:actual|vigente|en\s+curso))?|(?:la|dicha|esa)\s+(?:transición|autorización)))"
_END = r"(?:el\s+fin|su\s+(?:expiraci[óo]n|vencimiento|terminaci[óo]n)|la\s+(?:expiraci[óo]n|conclusi[óo]n|terminaci[óo]n|finalizaci[óo]n)|el\s+vencimiento)"
_RESOLUTION = r"(?:\s+de\s+(?:la\s+presente|esta)\s+resoluci[óo]n)?"
_FROM = (
    rf"(?:\s+(?:(?:contados?\s+)?(?:a\s+partir|desde|despu[ée]s)\s+(?:de\s+)?(?:la\s+fecha\s+de\s+)?(?:la\s+|su\s+)?(?:aprobaci[óo]n|adopci[óo]n){_RESOLUTION}|(?:siguientes|posteriores)\s+a\s+(?:(?:la\s+|su\s+)?(?:aprobaci[óo]n|adopci[óo]n){_RESOLUTION}|la\s+presente\s+(?:declaraci[óo]n|resoluci[óo]n|decisi[óo]n))"
    r"|(?:contados?\s+)?(?:a\s+partir\s+de|desde)\s+la\s+fecha\s+(?:indicada|fijada|se[ñn]alada|mencionada)\s+en\s+el\s+p[áa]rrafo\s+\d+(?:\s+supra)?"
    r"|(?:contados?\s+)?(?:a\s+partir\s+de|desde(?:\s+de)?|despu[ée]s\s+de)\s+(?:la\s+fecha\s+de\s+)?(?:la\s+|el\s+|su\s+)?(?:entrada\s+en\s+vigor|recepci[óo]n|firma|notificaci[óo]n|publicaci[óo]n|despliegue|creaci[óo]n)(?:\s+(?:de\s+la\s+|del\s+|de\s+los\s+|de\s+las\s+)[\w-]+)?))"
)
_AFTER = r"(?:\s+despu[ée]s\s+de\s+[a-záéíóúñ]+[aei]r\s+(?:el\s+|la\s+|los\s+|las\s+|su\s+)?[a-záéíóúñ]+|\s+despu[ée]s\s+de(?:l)?\s+(?:(?:la|los|las|su)\s+)?[a-záéíóúñ]+(?:\s+de(?:l)?\s+(?:(?:la|los|las)\s+)?[a-záéíóúñ]+)?)"
_FROM_CLAUSE = r"\s+(?:contados?\s+)?a\s+partir\s+de(?:l\s+d[íi]a|\s+la\s+fecha|l\s+momento)\s+en\s+que\s+[^,;:.]{0,70}?\b(?:se\s+[a-záéíóú]+|(?:sea|haya\s+sido|quede|est[ée])\s+[a-záéíóú]+)(?:\s+(?!(?:por|en|a|al|y|con|o|para|de|la|el)\b)[a-záéíóú]+)?"
_ORDINAL = r"(?:[a-záéíóú]+(?:[ée]sim[oa]|[ée]cim[oa])(?:\s+[a-záéíóú]+)?|primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|sext[oa]|s[ée]ptim[oa]|octav[oa]|noven[oa]|pr[óo]xim[oa]|\d{1,3}[º°ª]\.?)"
_MEETING = rf"{_ORDINAL}(?:\s+{_ORDINAL})?\s+(?:per[íi]odo\s+(?:ordinario\s+|extraordinario\s+|anual\s+)?de\s+sesiones|sesi[óo]n(?:\s+(?:plenaria|ordinaria|extraordinaria))?|reuni[óo]n)(?:\s+(?:ordinario|extraordinario))?(?:\s+(?:de\s+la\s+Asamblea(?:\s+General)?|del\s+Consejo(?:\s+de\s+Derechos\s+Humanos|\s+Econ[óo]mico\s+y\s+Social|\s+Permanente)?|de\s+la\s+Comisi[óo]n))?(?:\s+(?:de|del\s+año)\s+{YEAR})?"
_SESSION = rf"(?:(?:la\s+(?:primera|segunda|tercera)\s+parte\s+de\s+(?:la\s+continuaci[óo]n\s+de\s+)?)?(?:su|el|la|sus|los)\s+{_MEETING}|(?:sus|los)\s+per[íi]odos\s+de\s+sesiones\s+{_ORDINAL}(?:(?:,\s+|\s+y\s+){_ORDINAL}){{0,3}})"
_KIND = r"(?:(?:nuevo|primer|[úu]ltimo|otro)(?:\s+y\s+[úu]ltimo)?)"
_RHYTHM = (
    r"(?:peri[óo]dic|trimestral|semestral|anual|mensual|semanal|bimensual|regular)(?:[oa]s?|es)?"
)

FORMS = (
    form("es-end-of-each", DeadlineKind.RECURRING, "de cada",
     rf"(?:(?:dentro\s+de\s+los\s+|en\s+los\s+|en\s+un\s+plazo\s+de\s+|a\s+m[áa]s\s+tardar\s+)?{_PERIOD}\s+(?:siguientes|despu[ée]s|antes)\s+)?{_EACH_END}"),
    form("es-before-end", DeadlineKind.BY, "antes|tardar",
     rf"(?:a\s+m[áa]s\s+tardar,?\s+)?{_PERIOD}\s+{_EXPIRES}|(?:a\s+m[áa]s\s+tardar,?\s+)?{_PERIOD}\s+antes\s+de(?:\s+{_END}|l\s+(?:fin|vencimiento))(?:\s+{_MANDATE})?|a\s+m[áa]s\s+tardar,?\s+{_PERIOD}(?:{_FROM}|{_AFTER})"),
    form("es-part-of-month", DeadlineKind.BY, "quincena|hábil|habil|fines|finales|fin de|final de",
     rf"(?:(?:durante|en)\s+la\s+(?:primera|segunda)\s+quincena|a\s+m[áa]s\s+tardar\s+el\s+[úu]ltimo\s+d[íi]a(?:\s+h[áa]bil)?|antes\s+de(?:l)?\s+(?:fin(?:es|al|ales)?))\s+(?:de(?:l)?\s+(?:mes\s+de\s+)?)?{_MES}{_DE_YEAR}?"),
    form("es-in-advance", DeadlineKind.BY, "antelaci|anticipaci",
     rf"con\s+(?:al\s+menos\s+|por\s+lo\s+menos\s+|no\s+menos\s+de\s+)?{_PERIOD}\s+de\s+(?:antelaci[óo]n|anticipaci[óo]n)(?:\s+(?:a|al)\s*(?:{_END}\s+{_MANDATE}|(?:la\s+|el\s+)?{_MEETING}|{_SESSION}))?"),
    form("es-within-coming", DeadlineKind.WITHIN, "tardar", rf"a\s+m[áa]s\s+tardar\s+(?:en|dentro\s+de)\s+los\s+{_PERIOD}(?:\s+siguientes)?{_FROM}?"),
    form("es-by", DeadlineKind.BY, "tardar|antes|para |después|despues|tarde",
     rf"a\s+m[áa]s\s+tardar\s+(?:el\s+|en\s+|para\s+(?:el\s+)?|a\s+(?=fin|prin|com|med))?(?:{_WHEN}|{_SESSION})|antes\s+(?:del\s+|de\s+(?:el\s+)?)(?:{_WHEN}|{_SESSION})|antes\s+del\s+{_MEETING}|antes\s+de\s+que\s+(?:termine|finalice|concluya)\s+{_WHEN}|{_EXPIRES}|antes\s+de(?:\s+{_END}|l\s+(?:fin|final|t[ée]rmino|vencimiento))\s+{_MANDATE}|antes\s+de\s+(?:finalizar|terminar|concluir|acabar)\s+(?:{_WHEN}|(?:el|este|ese)\s+(?:presente\s+)?año\b)|no\s+m[áa]s\s+tarde\s+del\s+{_WHEN}|antes\s+de(?:l\s+(?:comienzo|inicio|final)|\s+la\s+(?:apertura|celebraci[óo]n))\s+de(?:l|\s+la|\s+las|\s+los)?\s+[a-záéíóúñ]+(?:\s+[a-záéíóúñ]+)?(?=[,;.:]|\s+(?:y|a|en|de)\b|$)|para\s+(?:el\s+)?(?:{_WHEN})|no\s+despu[ée]s\s+del\s+{_WHEN}"),
    form("es-until", DeadlineKind.UNTIL, "hasta",
     rf"hasta\s+(?:el\s+)?(?:{_WHEN}|{_SESSION})(?:\s+inclusive)?|hasta\s+{_END}\s+(?:{_MANDATE}|de\s+{_SESSION})"),
    form("es-from-to", DeadlineKind.FROM, "del |desde|entre",
     rf"(?:para\s+el\s+per[íi]odo\s+(?:comprendido\s+)?)?(?:del\s+{_WHEN}\s+al\s+{_WHEN}|desde\s+el\s+{_WHEN}\s+hasta\s+el\s+{_WHEN}|entre\s+el\s+{_WHEN}\s+y\s+el\s+{_WHEN})"),
    form("es-from-day", DeadlineKind.FROM, "partir|desde|efecto",
     rf"(?:a\s+partir\s+del?|desde(?:\s+el)?|con\s+efecto\s+(?:a\s+partir\s+)?(?:del?|desde\s+el))\s+{_WHEN}"),
    form("es-on-day", DeadlineKind.FROM, "el |fecha", rf"el\s+(?:d[íi]a\s+)?(?:{_SEVERAL}|{DAY})(?:\s+a\s+m[áa]s\s+tardar)?|en\s+(?:esa|dicha|la\s+misma)\s+fecha"),
    form("es-day-of-event", DeadlineKind.FROM, "día|dia|fecha de su",
     r"el\s+d[íi]a\s+siguiente\s+al\s+de\s+su\s+publicaci[óo]n|(?:en\s+la\s+fecha|el\s+d[íi]a)\s+de\s+su\s+adopci[óo]n"),
    form("es-within", DeadlineKind.WITHIN, "plazo|dentro|siguientes|a los|en ",
     rf"(?:(?:en|dentro\s+de)\s+(?:un|el)\s+plazo\s+(?:m[áa]ximo\s+|no\s+mayor\s+|no\s+superior\s+|inferior\s+|de\s+tiempo\s+)?(?:que\s+no\s+(?:exceda|exceder[áa]|supere)\s+(?:de\s+)?|de\s+(?:hasta\s+)?|a\s+)|dentro\s+de\s+(?:los\s+|las\s+)?(?:pr[óo]xim[oa]s\s+|primer[oa]s\s+)?|en\s+(?:los|las)\s+(?:pr[óo]xim[oa]s\s+|primer[oa]s\s+)?)(?:{_PERIOD}|un\s+año)(?:{_FROM}|\s+siguientes)?|en\s+{_PERIOD}{_FROM}|a\s+(?:los|las)\s+{_PERIOD}(?:{_FROM}|\s+de\s+(?:la\s+)?aprobaci[óo]n{_RESOLUTION})"),
    form("es-duration", DeadlineKind.DURATION, "por |durante|para |período|periodo",
     rf"(?:por|durante)\s+(?:un\s+|una\s+)?(?:{_KIND}\s+)?(?:per[íi]odo|plazo|duraci[óo]n|lapso)\s+(?:inicial\s+|adicional\s+|m[áa]ximo\s+|final\s+|suplementario\s+|renovable\s+)?(?:de\s+(?:hasta\s+)?|que\s+no\s+(?:exceda|exceder[áa]|supere)\s+(?:de\s+)?|no\s+superior\s+a\s+)(?:{_PERIOD}|un\s+año)(?:\s+m[áa]s)?(?:{_FROM}|{_FROM_CLAUSE})?"
     rf"|para\s+el\s+(?:ejercicio|bienio|año)\s+(?:presupuestario\s+|econ[óo]mico\s+)?{YEAR}(?:\s?[-\u2013]\s?{YEAR})?|(?:para|durante|en)\s+el\s+per[íi]odo\s+(?:de\s+)?{YEAR}\s?[-\u2013]\s?{YEAR}|(?:durante|por)\s+(?:toda\s+)?la\s+(?:duraci[óo]n|vigencia)\s+{_MANDATE}|(?:durante|por|para)\s+el\s+resto\s+(?:de\s+{YEAR}|del\s+año(?:\s+{YEAR})?|{_MANDATE})|(?:por|durante)\s+(?:otr[oa]s?\s+)?(?:{_PERIOD}|un\s+año)(?:\s+m[áa]s|\s+adicional(?:es)?)?{_FROM}?"),
    form("es-by-period", DeadlineKind.DURATION, "a un per", rf"a\s+un\s+per[íi]odo\s+(?:m[áa]ximo\s+)?de\s+{_PERIOD}{_FROM}?"),
    form("es-end-of", DeadlineKind.BY, "término|termino|final|fin |expiraci|concluir|expirar|conclusi|al cabo", rf"al\s+cabo\s+de\s+{_PERIOD}|(?:al\s+(?:t[ée]rmino|final|fin)|a\s+la\s+(?:expiraci[óo]n|conclusi[óo]n))\s+(?:{_MANDATE}|de\s+{_SESSION}|de\s+(?:su|ese|este)\s+(?:mandato|per[íi]odo)|de\s+un\s+per[íi]odo\s+de\s+{_PERIOD})(?!,\s+por\b)|al\s+(?:finalizar|concluir|expirar)\s+(?:su|el|ese|este)\s+(?:mandato|per[íi]odo)"),
    form("es-in-coming", DeadlineKind.WITHIN, "próxim|proxim|primer", rf"(?:en\s+el\s+curso\s+de|durante|a\s+lo\s+largo\s+de)\s+(?:los|las)\s+(?:pr[óo]xim[oa]s|primer[oa]s)\s+{_PERIOD}"),
    form("es-after-adoption", DeadlineKind.WITHIN, "aprobaci|adopci", rf"(?:transcurridos\s+)?{_PERIOD}{_FROM}"),
    form("es-from-adoption", DeadlineKind.FROM, "aprobaci|adopci", rf"(?:a\s+partir\s+de|desde)\s+(?:la\s+fecha\s+de\s+)?(?:la\s+|su\s+)?(?:aprobaci[óo]n|adopci[óo]n){_RESOLUTION}"),
    form("es-every", DeadlineKind.RECURRING, "cada|todos|todas|vez|veces|mente|carácter|periodicidad|forma|manera|interval",
     rf"cada\s+(?:{NUMBER}\s+(?:\(\d{{1,3}}\)\s+)?)?{_UNIT}|todos\s+los\s+(?:d[íi]as|meses|años|trimestres)|todas\s+las\s+semanas|(?:una\s+vez|dos\s+veces|tres\s+veces|cuatro\s+veces)\s+(?:al|por|cada)\s+(?:año|mes|semana|trimestre)"
     rf"|peri[óo]dicamente|regularmente|anualmente|trimestralmente|semestralmente|mensualmente|semanalmente|con\s+(?:car[áa]cter|periodicidad|una\s+periodicidad)\s+{_RHYTHM}|de\s+(?:forma|manera)\s+{_RHYTHM}|a\s+intervalos\s+(?:regulares|de\s+{_PERIOD})"),
    form("es-rhythm", DeadlineKind.RECURRING, "informe|exposici",
     rf"(?:informes?|exposici[óo]n(?:es)?|actualizaci[óo]n(?:es)?)\s+(?:escrit[oa]s?\s+|oral(?:es)?\s+)?{_RHYTHM}"),
    form("es-session", DeadlineKind.MEETING, "sesi|reuni",
     rf"(?:en|durante|para|en\s+ocasi[óo]n\s+de)\s+(?:{_SESSION})|(?<=provisional\s)de\s+(?:{_SESSION})"),
    form("es-in-year", DeadlineKind.BY, "en |durante|curso|a fin|a prin|a med|hacia", rf"(?:(?:a|hacia)\s+(?:fines|finales|principios|mediados)\s+de|en(?:\s+el\s+curso\s+de)?|durante|(?:en|durante)\s+el\s+(?:primer|segundo|tercer|cuarto|[úu]ltimo)\s+(?:trimestre|semestre)\s+de)\s+(?:el\s+año\s+)?(?:{_SEVERAL}|{MONTH_YEAR}|{YEAR})"),
)  # fmt: skip
