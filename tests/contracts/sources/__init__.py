"""What every source must respect, written once and run on the whole registry."""
