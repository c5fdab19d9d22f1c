"""Where the server's memory lives: one folder, one SQLite file. What is remembered is the engine's business."""
