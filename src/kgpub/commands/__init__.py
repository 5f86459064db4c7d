"""The commands, by what they are about; cli.py puts them together. Commands import what they need when they run."""
