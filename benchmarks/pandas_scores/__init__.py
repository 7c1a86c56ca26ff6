"""The scores of authors written plainly in pandas, which `benchmarks.bench_score` times."""
