/** All panels of the Report view, in the order of their tabs; a further one is one more name. */

import type { ReportPanel } from "./panel";
import { checksPanel } from "./panels/checks";
import { factsPanel } from "./panels/facts";
import { formsPanel } from "./panels/forms";
import { measuresPanel } from "./panels/measures";
import { practicePanel } from "./panels/practice";
import { quotesPanel } from "./panels/quotes";
import { renderPanel } from "./panels/render";
import { writePanel } from "./write/panel";

export const PANELS: ReportPanel[] = [
  writePanel,
  formsPanel,
  quotesPanel,
  factsPanel,
  practicePanel,
  checksPanel,
  measuresPanel,
  renderPanel,
];
