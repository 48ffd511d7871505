"""Visits at home: which times can really be reached, who comes, and a team's day in good order (FEATURES B06-B10)."""
