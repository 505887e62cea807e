"""Small letters of which one at least is in every time limit, by language."""

from __future__ import annotations

# One of these is in every time limit of the three languages; most acts have none.
TELLS = {
    "en": ("adoption", "duration", "date", "end of", "close of", "day", "week", "month", "year", "hour", "session", "meeting", "quarter", "ly", "19", "20", "fortnight",
    "time", "basis", "interval", "biennium", "mandate", "period", "term", "transition", "phase",
    "report", "brief", "update", "review", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct",
    "nov", "dec"),
    "fr": ("adoption", "date", "19", "20", "jour", "semaine", "mois", " an", "ann", "exerc", "heure", "trimestr", "semestr", "ment", "mandat", "réunion", "sesi",
    "session", "rapport", "expos", "janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc",
           "fois", "interval", "base", "période"),
    "es": ("aprobaci", "quincena", "fecha", "adopci", "ejercicio", "bienio", "19", "20", "sesi", "reuni", "mandato", "per", "trimestr", "semestr", "plazo", "feb", "mar", "may", "jun", "jul", "oct",
           "nov", "interval", "carácter", "forma", "día", "dia", "semana", "mes", "hora", "año", "mente", "vez",
    "veces", "informe", "ene", "abr", "ago", "set", "dic"),
}  # fmt: skip
