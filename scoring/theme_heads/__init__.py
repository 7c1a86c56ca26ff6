"""What tells the themes of a post: words of the lexicon, and heads over the vectors of words."""
