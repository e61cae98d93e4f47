"""Fixtures of deployment: the same PostgreSQL as feedback's tests have."""

from tests.feedback.conftest import postgres as postgres
