"""The arithmetic: from quantities as written to grades, pace and forecasts."""
