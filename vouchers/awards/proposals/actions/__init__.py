"""Every write about large proposals: asked for by a person, written by a worker."""
