"""For those who run the product: bootstrap, purge, health, metrics, attention."""
