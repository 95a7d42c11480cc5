"""Word lists of the import: what names end in, surnames, variant forms; an office may extend them."""
