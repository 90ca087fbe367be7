"""Names, starts and breaks of a contact centre over several weeks in one problem, with a certified bound."""
