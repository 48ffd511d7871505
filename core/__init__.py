"""What every slice needs, with no noun of legal aid in it."""
