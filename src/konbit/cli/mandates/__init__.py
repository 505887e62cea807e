"""What `konbit mandate` reads, shows and writes."""
