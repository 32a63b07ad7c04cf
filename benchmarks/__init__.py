"""Measured claims, each as a ratio against a baseline in the same run."""
