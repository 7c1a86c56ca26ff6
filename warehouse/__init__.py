"""Facts in DuckDB: migrations, loading, checks, retention, publishing. One writer."""
