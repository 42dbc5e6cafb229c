"""Timetable of reviews (A5, A8): planned to a proven bound, checked by code that shares nothing with it. Pure."""
