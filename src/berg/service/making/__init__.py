"""Making: a run, from a request that was read to files in their places.

A run is a stream of units (`units`): all that is made once is one, each row of a table is one more.
One driver of them all (`driving`), one delivery (`delivering`), one tally (`tally`), one end
(`run`). `rows` and its neighbours know what is special about a table.
"""
