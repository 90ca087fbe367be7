"""Plans for targets over a day or a week: what they cost, and how likely they meet them."""
