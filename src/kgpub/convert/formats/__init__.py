"""Plug-ins, one per source format; see base.py for the contract."""
