"""The pages: what they show, to whom, in which language, and that everyone can read them."""
