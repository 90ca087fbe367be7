"""What if: contacts and people of a scenario -> a plan without whole people, and what its customers get."""
