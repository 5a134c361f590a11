"""The server: pages, the REST interface and the event stream."""
