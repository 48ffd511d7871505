"""The queue of a station's day: whoever ordered a time and whoever just comes, in one line (FEATURES B27)."""
