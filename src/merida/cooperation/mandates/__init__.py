"""Resolutions at work: who is asked to do what, what was done, and the report that says so."""
