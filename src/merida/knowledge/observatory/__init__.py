"""What documents tell, confirmed by a person: who did what, where and when, and which number was reported (B1)."""
