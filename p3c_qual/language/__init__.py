"""What a language pipeline says of texts: sentences, lemmas, dependencies; read, never decided."""
