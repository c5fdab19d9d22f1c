"""Container engines behind `atalaia.ports.containers`: Docker's API (also Podman's version of it), and the
local processes of the example environment."""
