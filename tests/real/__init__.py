"""Against servers that no one here wrote: never part of the usual run (`make test-real`)."""
