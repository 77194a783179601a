"""Commands that posters add to `berg`, a file each, as in `berg.cli.commands`."""
