"""Texts from outside, made fit for a page."""

from html import escape


def as_text(text: str) -> str:
    """Return ``text`` escaped for a place between tags, where quotes mean nothing. Nearly every text stays as it is."""
    return escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text
