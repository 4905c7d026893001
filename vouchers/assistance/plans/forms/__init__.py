"""What people type into plans, and what pages show to be typed into."""
