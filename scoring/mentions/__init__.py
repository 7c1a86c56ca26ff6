"""Is this word the commune? One mention of a name in a text, weighed."""
