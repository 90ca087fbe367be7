"""Public staff rostering instances (Curtois and Qu 2014): reading, and a recount of rosters and bounds."""
