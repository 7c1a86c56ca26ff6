"""The pages that analysts read. They read the snapshot, and the block list live."""
