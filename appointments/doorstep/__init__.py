"""The day of a visit: who is at the door, what was done there, and that everybody came back well (FEATURES B10-B13)."""
