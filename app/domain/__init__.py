"""What is allowed: plain Python that knows no database, no network and no vendor."""
