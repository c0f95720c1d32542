"""The documents of a cycle."""
