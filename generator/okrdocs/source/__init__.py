"""Reads files from the disk or any git revision, and YAML."""
