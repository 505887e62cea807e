"""How much is read at the most, so that no file can exhaust the machine that reads it.

A dossier of a large mission has some ten thousand rows and a few megabytes: everything here is far
above that and far below what harms.
"""

from __future__ import annotations

MEGABYTE = 1_000_000

MOST_CSV_BYTES = 64 * MEGABYTE
MOST_FOLDER_BYTES = 200 * MEGABYTE
MOST_CSV_ROWS = 1_000_000

MOST_WORKBOOK_BYTES = 32 * MEGABYTE
MOST_UNPACKED_BYTES = 100 * MEGABYTE
MOST_WORKBOOK_PARTS = 5_000
MOST_WORKBOOK_ROWS = 100_000
MOST_WORKBOOK_CELLS = 2_000_000
MOST_SHEET_TAGS = 8_000_000
MOST_MERGED_CELLS = 100_000

# A part of a workbook below this size may be packed as tightly as it likes.
SMALL_PART_BYTES = 10 * MEGABYTE
MOST_PACKING = 200

MOST_COLUMNS = 100
MOST_OF_A_KIND = 200
LONGEST_SHOWN = 200
LONGEST_COMPARED = 64
