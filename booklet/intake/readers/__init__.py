"""Text, web pages and Markdown to rows."""
