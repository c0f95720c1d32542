"""What the wording rules know about English."""
