"""Tables of verbs, attitudes, opening stems and actors, and the look-up in them.

`verbs.<language>.csv`: verb in the third person, its base form, the force and tier that it has, what
it takes as object, and the source of that rank. Sources: `charter-25`, `charter-29`, `charter-39`,
`charter-42`, `charter-98` are articles of the UN Charter; `wood` is M. Wood, The Interpretation of
Security Council Resolutions (Max Planck Yearbook of UN Law 2, 1998); `manual` is the UN Editorial
Manual on resolutions; `read` means read in texts of 1946 to 2024.

`nationalities.csv`: adjectives in common use, masculine, of the states by ISO 3166-1 alpha-3.
"""

from konbit.mandate.lexicon.look_up import Lexicon, lexicon
from konbit.mandate.lexicon.nations import is_nationality, nationalities
from konbit.mandate.lexicon.tables import Entry, Found, actors, stems, words
from konbit.mandate.lexicon.tenses import in_present

__all__ = [
    "Entry",
    "Found",
    "Lexicon",
    "actors",
    "in_present",
    "is_nationality",
    "lexicon",
    "nationalities",
    "stems",
    "words",
]
