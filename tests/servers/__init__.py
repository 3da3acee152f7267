"""Real servers that tests talk to. Each is started by a fixture, and dies with the test run."""
