// The page on which a final report is written.

import { draftPage } from "../drafts/page.js";
import { startSaving } from "../drafts/saving.js";
import { showDraft } from "../drafts/standing.js";
import { partsOf } from "./parts.js";

const page = draftPage();
const parts = page && partsOf(page);
const saving = page && startSaving(page, parts);
if (page) showDraft(page, parts, saving);
