"""The pages of people: what each owns, and which check-ins of theirs are overdue."""
