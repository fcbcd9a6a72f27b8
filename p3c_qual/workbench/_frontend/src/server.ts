/** The Jupyter server, asked with the page's own credentials. */

import type { Fault } from "./wire";

export interface Site {
  /** Where the server answers, ending in a slash. */
  baseUrl: string;
  token: string;
}

/** The server understood and refused; nothing was changed. */
export class Refused extends Error {
  /** Whoever asked says it where it arose; it needs no note. */
  said = false;

  constructor(
    readonly fault: Fault,
    readonly all: Fault[],
    readonly status: number,
  ) {
    super(all.map(say).join("\n"));
  }
}

/** The server could not be reached, or is not itself; asking again may help. */
export class Unreachable extends Error {
  constructor(
    readonly status: number,
    readonly fault?: Fault,
  ) {
    super(
      fault?.code === "login" || (!fault && (status === 401 || status === 403))
        ? "The server asks for a new log-in. Open JupyterLab anew in another tab."
        : status === 500
          ? "The server has a fault of its own."
          : fault
            ? say(fault)
            : "There is no connection to the server.",
    );
  }
}

/** A fault as one text for people. */
export function say(fault: Fault): string {
  let text = fault.where ? `${fault.where}: ${fault.what}` : fault.what;
  if (!/[.?!]$/.test(text)) text += ".";
  if (fault.nearest) text += ` Did you mean ‘${fault.nearest}’?`;
  if (fault.do) text += ` ${fault.do}`;
  // a coder's name and the key of a configuration stay as they are written
  return /^(\S+ (has|changed|built)|[a-z]+\d+) /.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

/** Read where the server is from the page that JupyterLab or the notebook made. */
export function siteOfPage(): Site {
  const element = document.getElementById("jupyter-config-data");
  const config = JSON.parse(element?.textContent || "{}");
  const base = config.baseUrl || document.body?.dataset.baseUrl || "/";
  const token = config.token || new URLSearchParams(location.search).get("token") || "";
  return { baseUrl: base.endsWith("/") ? base : `${base}/`, token };
}

type Values = Record<string, string | number | boolean | undefined>;

export class Server {
  constructor(readonly site: Site) {}

  /** The address of something of the product's, to be fetched or opened. */
  address(path: string, values: Values = {}): string {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(values))
      if (value !== undefined)
        query.set(name, value === true ? "1" : value === false ? "0" : String(value));
    return `${this.site.baseUrl}p3c/${path}?${query}`;
  }

  get<T>(path: string, values: Values = {}): Promise<T> {
    return this.#ask<T>(this.address(path, values), { method: "GET" });
  }

  post<T>(path: string, body: unknown, values: Values = {}): Promise<T> {
    const raw = body instanceof Blob;
    return this.#ask<T>(this.address(path, values), {
      method: "POST",
      body: raw ? body : JSON.stringify(body),
      headers: { "Content-Type": raw ? "application/octet-stream" : "application/json" },
    });
  }

  async #ask<T>(address: string, how: RequestInit): Promise<T> {
    const headers = new Headers(how.headers);
    const xsrf = document.cookie.match(/(?:^|; )_xsrf=([^;]+)/);
    if (xsrf) headers.set("X-XSRFToken", xsrf[1]!);
    if (this.site.token) headers.set("Authorization", `token ${this.site.token}`);
    let answer: Response;
    let body: any;
    try {
      answer = await fetch(address, { ...how, headers, credentials: "same-origin" });
      body = await answer.json();
    } catch {
      throw new Unreachable(0);
    }
    if (answer.ok) return body as T;
    // who is not logged in has not been refused anything
    if (body?.error?.what && body.error.code !== "login" && answer.status < 500)
      throw new Refused(body.error, body.all ?? [body.error], answer.status);
    throw new Unreachable(answer.status, body?.error);
  }
}
