"""Checks: functions that yield problems. Relations are judged only when single values are clean."""
