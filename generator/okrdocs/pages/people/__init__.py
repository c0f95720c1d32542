"""The pages of people: what each owns and owes."""
