"""Small pictures of what a setting does, one file each: they need no run, only the setting."""
