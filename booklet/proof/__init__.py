"""What is wrong with a book before a page is made."""
