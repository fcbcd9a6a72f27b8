/** All panels of the Configure view, in the order of their tabs; a further one is one more name. */

import { configurationsPanel } from "./configurations";
import type { ConfigurePanel } from "./panel";

export const PANELS: ConfigurePanel[] = [configurationsPanel];
