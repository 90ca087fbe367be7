"""Days that are not ordinary: public holidays, events, days next to them, and days of the month."""
