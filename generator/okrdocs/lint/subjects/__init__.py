"""What rules look at: check-ins, cycles, dates, metrics, and who is responsible."""
