"""When a channel was in use, and which hours of the week are open in its history."""
