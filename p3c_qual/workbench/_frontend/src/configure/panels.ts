/** All panels of the Configure view, in the order of their tabs; a further one is one more name. */

import { configurationsPanel } from "./configurations";
import type { ConfigurePanel } from "./panel";
import { candidatesPanel } from "./panels/candidates";
import { logicPanel } from "./panels/logic";
import { negativePanel } from "./panels/negative";
import { networkPanel } from "./panels/network";
import { patternsPanel } from "./panels/patterns";
import { standardsPanel } from "./panels/standards";
import { theoriesPanel } from "./panels/theories";

export const PANELS: ConfigurePanel[] = [
  configurationsPanel,
  theoriesPanel,
  patternsPanel,
  negativePanel,
  candidatesPanel,
  networkPanel,
  logicPanel,
  standardsPanel,
];
