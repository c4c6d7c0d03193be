// Scripts of HR's desk inside the Wagtail admin. Modules as in portal.js: a file with `start(scope)`, named below.

import { start as checks } from "./wb-checks.js";
import { start as contrast } from "./wb-contrast.js";
import { start as copy } from "./wb-copy.js";
import { start as fold } from "./wb-fold.js";
import { start as kept } from "./wb-kept.js";
import { start as kinds } from "./wb-kinds.js";
import { start as names } from "./wb-names.js";
import { start as options } from "./wb-options.js";
import { start as order } from "./wb-order.js";
import { start as palette } from "./wb-palette.js";
import { start as progress } from "./wb-progress.js";
import { start as rank } from "./wb-rank.js";
import { start as remarks } from "./wb-remarks.js";
import { start as rows } from "./wb-rows.js";
import { start as source } from "./wb-source.js";
import { start as walk } from "./wb-walk.js";

const MODULES = [checks, contrast, copy, fold, kept, kinds, names, options, order, palette, progress, rank, remarks, rows, source, walk];

for (const start of MODULES) start(document);
