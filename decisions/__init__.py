"""What people decided: members, corrections, objections, occasions, invitations; and the brief."""
