"""The realist layer as one YAML file, in and out."""
