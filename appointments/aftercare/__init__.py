"""What comes after an appointment: what came of it, how it was, and who did not come (FEATURES B28, B31, F15)."""
