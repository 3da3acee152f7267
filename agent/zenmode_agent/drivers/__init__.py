"""What performs actions: the interface, the installed ones, and the dry run."""
