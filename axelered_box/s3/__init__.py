"""The bucket face: what answers requests that are signed the way AWS signs them."""

from axelered_box.s3.routes import create_app, is_signed

__all__ = ["create_app", "is_signed"]
