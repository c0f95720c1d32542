"""Human text made harmless for Markdown, HTML and code hosts."""
