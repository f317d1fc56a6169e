"""Our EPUBs in the programs that people read them with; `make test-readers` runs these tests."""
