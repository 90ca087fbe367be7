"""From contacts to people: ``staffing`` says how many, ``roster`` says who and when."""
