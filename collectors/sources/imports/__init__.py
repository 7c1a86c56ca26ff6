"""Files that other tools exported, read by a map."""
