"""Between the rows of a dossier and the rows of the database: one meaning, proven equal by test."""
