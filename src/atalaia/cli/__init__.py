"""The command line: one file per command. Parsing and printing only; the work is done elsewhere."""
