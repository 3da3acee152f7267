"""Steps on the pacing of LinkedIn accounts."""
