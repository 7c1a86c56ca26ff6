"""The notebooks, executed as a reader would."""
