"""What the consent module costs a visitor, beside five modules of others that are configured alike."""
