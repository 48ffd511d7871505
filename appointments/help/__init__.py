"""Help without a voice: one tap, text, and a named person who answers in text (FEATURES E14)."""
