"""External commands: what people and programs may ask of a running server, under Nagios' names."""

from atalaia.core.orders.reading import Order, RefusedError
from atalaia.core.orders.table import COMMANDS, carry_out

__all__ = ["COMMANDS", "Order", "RefusedError", "carry_out"]
