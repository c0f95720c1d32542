"""Rules about how OKRs are built."""
