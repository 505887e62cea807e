"""Who changed what, when, why and from which document; what waits for a second person."""
