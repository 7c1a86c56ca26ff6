"""One trial a source: what the contracts need to know of it. All are listed in `every`."""
