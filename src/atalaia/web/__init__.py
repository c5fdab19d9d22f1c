"""What people and programs see over HTTP: the page, the API and the live stream. Changes nothing."""
