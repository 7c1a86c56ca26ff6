"""From scores to proposals: team, occasions, invitations; and rights over all stores."""
