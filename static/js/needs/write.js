// The page on which a record of needs is written.

import { draftPage } from "../drafts/page.js";
import { startSaving } from "../drafts/saving.js";
import { showDraft } from "../drafts/standing.js";
import { needsOf } from "./rows.js";

const page = draftPage();
const parts = page && needsOf(page);
const saving = page && startSaving(page, parts);
if (page) showDraft(page, parts, saving);
