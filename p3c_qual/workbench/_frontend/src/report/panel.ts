/** What a panel of the Report view is: one thing a thick description needs. */

import type { PanelContext } from "../configure/panel";
import type { Panel } from "../tabbed";
import type { AboutRow } from "../wire";
import type { ReportStore } from "./store";

/** A panel; `panels.ts` lists all there are. It is mounted anew for another programme. */
export type ReportPanel = Panel<ReportContext>;

/** What a panel of this view is given. */
export interface ReportContext extends PanelContext {
  /** The report that is written on, kept in step. */
  store: ReportStore;
  /** What it is about: a programme, a site, a country, or the study as a whole. */
  about: AboutRow;
}
