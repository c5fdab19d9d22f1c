"""How gunicorn serves the API; the address is the one thing that the command line adds (`--bind`)."""

workers = 2
threads = 2
# The model is loaded once and shared by the workers, and a model that cannot be loaded ends the start at once.
preload_app = True
timeout = 20
graceful_timeout = 3
accesslog = None
# A control socket in the home folder would outlive the process and collide between two copies.
control_socket_disable = True
