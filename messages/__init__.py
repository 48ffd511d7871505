"""The notification centre: what people are told, by which ways, and what became of it (FEATURES G03, E07)."""
