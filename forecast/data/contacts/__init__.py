"""Sources of one row a contact or one row an event: counted by interval, open contacts, patience, redials."""
