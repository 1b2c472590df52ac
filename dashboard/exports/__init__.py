"""What people take away as files other than CSV. Runs without the dashboard."""
