"""Commands in modules of their own: each adds its parser to the command line, and runs."""
