"""git: its repository, its log and the web pages of a remote."""
