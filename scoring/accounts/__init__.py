"""Person or organisation: what an account's profile, words and counts tell."""
