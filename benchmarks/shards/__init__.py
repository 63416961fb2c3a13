"""Many processes on one PostgreSQL, at one simulated Discord, while processes are killed and the database restarts."""
