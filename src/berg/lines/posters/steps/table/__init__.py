"""poster.table: what each file of a set of posters is made of."""
