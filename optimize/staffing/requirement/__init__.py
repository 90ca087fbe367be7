"""From a forecast to the agents or hours of work that each interval needs."""
