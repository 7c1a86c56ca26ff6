"""Posts as numbers: words, then vectors that add up."""
