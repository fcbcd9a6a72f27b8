"""Categories formed inductively or applied from a codebook: progress, pilot, saturation."""
