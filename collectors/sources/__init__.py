"""One folder a platform; no source knows another."""
