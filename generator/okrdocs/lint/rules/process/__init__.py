"""Rules about check-ins, reviews and closing."""
