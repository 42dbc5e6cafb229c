"""What is new in the observatory, by e-mail: who asked for which choices, how often, in which language."""
