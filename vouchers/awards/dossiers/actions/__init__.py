"""Every write about decision dossiers: asked for by a person, built by a worker."""
