"""Other people's formats: the characters of documents in text, HTML, PDF and Word."""

from konbit.exchange.texts import Form, Text, form_of, text_of
from konbit.exchange.unreadable import UnreadableTextError

__all__ = ["Form", "Text", "UnreadableTextError", "form_of", "text_of"]
