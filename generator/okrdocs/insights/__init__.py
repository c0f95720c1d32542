"""Decisions that pages, terminal and reminders share: what is overdue, at risk, a trend."""
