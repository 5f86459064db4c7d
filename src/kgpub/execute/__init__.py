"""The executing stage maps a function over items and knows nothing of what it does."""
