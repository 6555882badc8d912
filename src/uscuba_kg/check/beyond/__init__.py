"""What a graph is checked for besides its shapes: its vocabulary, its evidence, its answers."""
