"""Speed and quality, each beside a named baseline in the same run."""
