"""The door: the contract, and what runs documents against it."""
