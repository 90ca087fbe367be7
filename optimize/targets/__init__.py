"""Plans for targets over a day or a week: what they cost, and how surely they keep them."""
