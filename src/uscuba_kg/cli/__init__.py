"""The commands, one small file each: arguments, progress, exit codes, no logic."""
