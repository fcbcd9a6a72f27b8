/** All panels of the Summarise view, in the order of their tabs; a further one is one more name. */

import { backCheckPanel } from "./backcheck";
import { categoriesPanel } from "./categories";
import type { Panel } from "./panel";
import { unitsPanel } from "./units";

export const PANELS: Panel[] = [unitsPanel, categoriesPanel, backCheckPanel];
