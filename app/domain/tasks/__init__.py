"""The life of a task, and what a task to be created has to be."""
