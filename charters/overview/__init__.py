"""The secretariat's day: how every project and group stands, and what is to be mended in them."""
