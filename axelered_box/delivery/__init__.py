"""The life of a webhook's event: signed, sent, and sent again until it has arrived."""
