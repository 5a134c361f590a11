"""What runs inside somebody's own training: it takes the weights when due and sends them here."""
