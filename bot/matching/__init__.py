"""Which entry a question asks for."""
