// The page on which an application is written.

import { draftPage } from "../drafts/page.js";
import { startSaving } from "../drafts/saving.js";
import { showDraft } from "../drafts/standing.js";
import { answersOf } from "./answers.js";

export const page = draftPage();
export const parts = page && answersOf(page);
export const saving = page && startSaving(page, parts);
if (page) showDraft(page, parts, saving);
