"""What each platform answers, from a world and a moment: one module a platform."""
