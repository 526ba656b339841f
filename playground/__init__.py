"""Neural Playground: the window, the session and the command line."""
