"""One module an area of pages, each with its `router`; templates lie under the same names."""
