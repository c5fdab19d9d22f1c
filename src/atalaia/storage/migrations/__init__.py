"""Steps from one schema to the next, run when a data folder is opened."""
