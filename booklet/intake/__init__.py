"""From what offices have to a manuscript: certain faults repaired, likely ones proposed, doubts asked.

Text, Word, web pages and Markdown all become rows (``source``), rows become pieces, pieces become
files. Whatever is changed, left out or doubted is an ``Entry`` of the list that is written beside.
"""
