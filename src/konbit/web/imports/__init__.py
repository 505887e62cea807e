"""A dossier from a file: preview, then everything or nothing."""
