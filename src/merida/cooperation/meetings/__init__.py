"""Meetings as their reports tell them: agenda, attendance, conclusions, topics of later years."""
