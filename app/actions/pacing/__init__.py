"""The pacing of LinkedIn accounts: limits, hours, locks, manual actions, forecasts."""
