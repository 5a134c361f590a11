"""What the interface answers with, typed; the OpenAPI page is made from these."""
