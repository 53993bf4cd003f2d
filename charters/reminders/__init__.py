"""The mails that tell people what awaits them: what each says, who gets one, and that it comes once."""
