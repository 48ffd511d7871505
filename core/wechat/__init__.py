"""WeChat's server side: a typed client of our own (RULEBOOK 7), off where no account is set."""
