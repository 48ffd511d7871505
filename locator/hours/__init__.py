"""Opening hours as pure rules: no tables, no clock (docs/decisions/0012-hours-are-a-line-of-text.md)."""
