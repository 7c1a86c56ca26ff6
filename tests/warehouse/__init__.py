"""The warehouse, tried on landing files as collectors write them."""
