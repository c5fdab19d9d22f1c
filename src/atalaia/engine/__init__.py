"""Running: the only package that lives in the event loop. It asks the core what follows and carries it out."""
