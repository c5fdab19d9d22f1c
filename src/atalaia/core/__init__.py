"""The rules of monitoring: values in, values out. No clock, no file, no socket, no log, no await."""
