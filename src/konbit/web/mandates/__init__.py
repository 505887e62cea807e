"""Mandates: documents, their paragraphs, what became of them, when something falls due."""
