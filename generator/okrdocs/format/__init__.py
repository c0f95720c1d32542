"""The OKR format: its records, how each field is declared, and how files become documents."""
