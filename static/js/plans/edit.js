// The page on which a plan is written.

import { draftPage } from "../drafts/page.js";
import { startSaving } from "../drafts/saving.js";
import { showDraft } from "../drafts/standing.js";
import { rowsOf } from "./rows.js";

export const page = draftPage();
export const parts = page && rowsOf(page);
export const saving = page && startSaving(page, parts);
if (page) showDraft(page, parts, saving);
