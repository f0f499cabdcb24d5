"""Publishing beside two others; `benchmarks/publish.py` runs it."""
