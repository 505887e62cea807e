"""Changes of the database of this application, in order."""
