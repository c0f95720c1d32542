"""Goes from files to files: evaluate, review, build, and write what changed."""
