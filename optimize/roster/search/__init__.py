"""The program of a week -> whole shifts, near to the bound."""
