"""Where files come from: the disk, any git revision, and how YAML is read."""
