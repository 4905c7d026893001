"""The pages of calls: public ones, and those on which a coordinator builds and amends one."""
