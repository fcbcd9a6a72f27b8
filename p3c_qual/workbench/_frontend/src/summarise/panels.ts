/** All panels of the Summarise view, in the order of their tabs; a further one is one more name. */

import { backCheckPanel } from "./backcheck";
import { categoriesPanel } from "./categories";
import type { Panel } from "./panel";
import { explicationsPanel } from "./panels/explications";
import { matrixPanel } from "./panels/matrix";
import { outlinePanel } from "./panels/outline";
import { ratingsPanel } from "./panels/ratings";
import { typesPanel } from "./panels/types";
import { agendaPanel } from "./panels/agenda";
import { emergencePanel } from "./panels/emergence";
import { pilotPanel } from "./panels/pilot";
import { unitsPanel } from "./units";

export const PANELS: Panel[] = [unitsPanel, categoriesPanel, backCheckPanel, emergencePanel, agendaPanel, pilotPanel, ratingsPanel, matrixPanel, typesPanel, outlinePanel, explicationsPanel];
