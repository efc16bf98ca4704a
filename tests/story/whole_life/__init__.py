"""The chapters of one project's whole life; `tests.story.test_whole_life` tells them in order."""
