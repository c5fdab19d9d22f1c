"""A written stand-in for `atalaia.ports.channels.Channel`, held to the same contract suite as the real ones."""

from collections import deque

from atalaia.ports.channels import DeliveryError, Message


class FakeChannel:
    """Takes every message until it is told to fail."""

    def __init__(self) -> None:
        self.taken: list[Message] = []
        """Messages that were taken, oldest first."""
        self.tried: list[Message] = []
        """Every message that came, refused ones included."""
        self.closed = False
        self._failures: deque[DeliveryError] = deque()
        self._down: DeliveryError | None = None

    def fail_next(self, *failures: DeliveryError) -> None:
        """The next messages are refused, one by each of these errors."""
        self._failures.extend(failures)

    def go_down(self, *, retryable: bool = True) -> None:
        """Every message is refused until `come_back`."""
        self._down = DeliveryError("the fake channel is down", retryable=retryable)

    def come_back(self) -> None:
        """Messages are taken again."""
        self._down = None

    async def send(self, message: Message) -> None:
        self.tried.append(message)
        if self._failures:
            raise self._failures.popleft()
        if self._down is not None:
            raise DeliveryError(self._down.reason, retryable=self._down.retryable)
        self.taken.append(message)

    async def close(self) -> None:
        self.closed = True
