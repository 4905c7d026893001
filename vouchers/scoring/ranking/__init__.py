"""The ranking of a call: computed from its scores, stored for its page, and the closing."""
