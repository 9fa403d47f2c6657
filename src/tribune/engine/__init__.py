"""The workshop: pure Python engines. No Django, no network, no clock, no rooms."""
