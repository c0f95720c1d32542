"""From Markdown to a site: the builder, the live preview, the content policy, PDF."""
