"""Tables of the applications slice, a module a noun. Only this slice imports them; others ask `queries`."""
