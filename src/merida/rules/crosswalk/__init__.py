"""Provisions of different instruments held against each other, and what may be reused of an earlier answer (A8)."""
