"""What can be wrong or worth knowing in a dossier: small rules, each one function."""
