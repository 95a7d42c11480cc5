"""A folder of speeches to a Book; the only package that reads YAML and Markdown."""
