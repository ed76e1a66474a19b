"""What can be cited by itself, and how to cite it.

statements        the page of a statement, its JSON and its RDF
statement_record  that JSON

What is on record about a statement comes from `kg.statements.citable`, the formats of references
from `kg.references`.
"""
