"""When an account's next action may begin, and why a task waits.

Everything here is a pure function of settings, counted actions, locks and the time. The same
functions set the gates, explain why a task waits, and forecast a batch.
"""
