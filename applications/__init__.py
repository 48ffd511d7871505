"""SLICE: eligibility, draft, pledge, review, progress of the case."""
