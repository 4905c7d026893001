"""Who scores what, and what they give: assignments, conflicts of interest, assessments."""
