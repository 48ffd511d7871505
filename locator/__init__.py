"""The locator: where somebody is, and the places where help is given."""
