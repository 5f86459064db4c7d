"""The pages of the publication: a folder of HTML that opens from any static host, a stick or a zip."""
