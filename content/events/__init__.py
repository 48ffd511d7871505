"""Events people come to: places, sign-ups without an account, what came of it (FEATURES D16)."""
