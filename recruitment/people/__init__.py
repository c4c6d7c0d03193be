"""Who people and programs are: users, candidates, API clients, and the actor of a deed. Knows no institution's rights."""
