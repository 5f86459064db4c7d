"""Why a query has no rows: which pattern or filter empties it, and what near it would not. Reads nothing, keeps nothing."""
