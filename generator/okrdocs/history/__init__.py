"""Reads how the OKRs came to be, as git knows it: versions, closed cycles, original targets."""
