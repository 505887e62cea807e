"""The tables of a dossier, one module for each part of the chain."""
