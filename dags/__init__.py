"""Airflow says when; nothing more."""
