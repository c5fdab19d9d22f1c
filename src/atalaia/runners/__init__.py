"""Where commands run: on this machine, as child processes. Which command runs when is the engine's business."""
