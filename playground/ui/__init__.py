"""The window: canvas, inspector and views over one document and one session."""
