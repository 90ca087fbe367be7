"""The models of one channel: day totals, the shape of a day, handle times, and how they are blended."""
