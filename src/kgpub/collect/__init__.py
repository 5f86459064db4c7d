"""The collecting stage reads files from disk and hands on plain values with the line of each."""
