/** All panels of the Summarise view, in the order of their tabs; a further one is one more name. */

import type { Panel } from "./panel";
import { unitsPanel } from "./units";

export const PANELS: Panel[] = [unitsPanel];
