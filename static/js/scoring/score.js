// The page on which an assessor scores.

import { draftPage } from "../drafts/page.js";
import { startSaving } from "../drafts/saving.js";
import { showDraft } from "../drafts/standing.js";
import { scoresOf } from "./sheet.js";

export const page = draftPage();
export const parts = page && scoresOf(page);
export const saving = page && startSaving(page, parts);
if (page) showDraft(page, parts, saving);
