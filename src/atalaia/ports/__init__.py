"""What the engine needs from the world: small protocols and the values that cross them. Almost no code."""
