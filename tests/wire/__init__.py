"""A small Discord on this machine, for tests and measurements over real sockets."""
