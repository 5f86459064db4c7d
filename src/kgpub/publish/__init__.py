"""The publishing stage writes what people download: dumps, one file per entity, catalogue, report, checksums."""
