"""The subcommands of ``causebook``, a module each: `add` tells the parser of it, the rest asks the core and prints."""
