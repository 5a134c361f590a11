"""Who is let in: how many, how long each may take to ask, who goes when room is short."""
