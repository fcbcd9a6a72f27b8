"""What a notebook shows below its cells: tables as people read them, figures with words."""
