"""What actions need besides their arguments, opened once for each process."""
