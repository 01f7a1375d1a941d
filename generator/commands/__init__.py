"""Subcommands in modules of their own: each adds itself to the command line by ``add``."""
