"""What is computed of configurations and theories, and what the checks say of them."""
