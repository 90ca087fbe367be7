"""The systems whose files are read: one profile a file, and the registry that recognises them."""
