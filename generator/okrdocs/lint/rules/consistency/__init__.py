"""Rules about what contradicts itself."""
