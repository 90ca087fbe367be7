"""A simulator written apart from the product's: whole weeks event by event, person by person, contact by contact."""
