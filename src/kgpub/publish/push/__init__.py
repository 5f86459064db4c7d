"""A release loaded into a triple store by the Graph Store Protocol: graph by graph, checked, resumed where it stopped."""
