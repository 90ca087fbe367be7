"""The numbers of the week, counted once for every writer."""
