"""The language a person meets, checked against a list of turns that may not come back."""
