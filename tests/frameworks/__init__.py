"""Against the real libraries, in an environment of their own that `make test-frameworks` makes."""
