"""What every page shares: words, look, middleware, health."""
