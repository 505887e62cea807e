"""A dossier as a folder of CSV tables or as one Excel workbook: read, write, template.

The only room that opens a user's files. What it reads is from strangers: it is limited in size,
never run, and told in findings when it is wrong. What it writes appears whole or not at all.
"""

from konbit.package.folder_writing import write_folder, write_tables
from konbit.package.read import read
from konbit.package.reading import Reading
from konbit.package.workbook_writing import write_template, write_workbook

__all__ = ["Reading", "read", "write_folder", "write_tables", "write_template", "write_workbook"]
