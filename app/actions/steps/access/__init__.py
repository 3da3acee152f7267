"""Steps on workspaces, sessions and credentials."""
