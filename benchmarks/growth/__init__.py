"""How time, memory and recall change as the knowledge base grows."""
