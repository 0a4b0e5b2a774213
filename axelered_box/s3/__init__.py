"""The bucket face: what answers requests that are signed the way AWS signs them."""
