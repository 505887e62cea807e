"""Organisations, users, roles, invitations, tokens; who may do what, said once."""
