"""The words of the product: values and rules that do no I/O."""
