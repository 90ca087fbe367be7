"""Cost against probability: what a higher probability of meeting a service target costs."""
