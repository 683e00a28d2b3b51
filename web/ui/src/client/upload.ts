import { isProblem, statusProblem, type Http } from "./http";
import { problem, RequestError, unsent } from "./problem";
import type { Attachment } from "./protocol";

/** The largest file that the server reads, in bytes. */
export const maxFileBytes = 5 * 1024 * 1024;

/** How long an upload may take, in milliseconds. */
const patience = 120_000;

export interface UploadOptions {
  name?: string;
  /** Called with the part that is there, from 0 to 1. */
  progress?: (part: number) => void;
  /** Aborting it ends the upload. */
  signal?: AbortSignal;
}

/** Uploads a file into a conversation. A Blob that is no File needs a name. */
export async function upload(http: Http, session: string, file: Blob, options: UploadOptions = {}): Promise<Attachment> {
  if (file.size > maxFileBytes) throw new RequestError(problem("too_large"));
  const form = new FormData();
  form.append("file", file, options.name ?? ("name" in file ? String(file.name) : "file"));
  const path = `/v1/sessions/${encodeURIComponent(session)}/files`;
  const body = typeof XMLHttpRequest === "undefined" ? await byFetch(http, path, form, options) : await byXHR(http, path, form, options);
  if (!isAttachment(body)) throw new RequestError(problem("internal"));
  return { file_id: body.file_id, name: body.name, withheld: body.withheld, notice: body.notice };
}

async function byFetch(http: Http, path: string, form: FormData, { progress, signal }: UploadOptions): Promise<unknown> {
  const response = await http.request("POST", path, { body: form, signal });
  progress?.(1);
  return response.json();
}

/** Fetch tells nothing of how far an upload is, where there is something that does. */
async function byXHR(http: Http, path: string, form: FormData, options: UploadOptions): Promise<unknown> {
  const token = await http.tokens.get();
  const { status, body } = await post(http.address(path), token, form, options);
  if (status === 401 && token && http.tokens.refused(token)) return byXHR(http, path, form, options);
  if (status !== 201) throw new RequestError(isProblem(body) ? body : statusProblem(status));
  return body;
}

function post(address: string, token: string, form: FormData, { progress, signal }: UploadOptions): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = () => reject(new RequestError(signal?.aborted ? problem("cancelled") : unsent));
    if (signal?.aborted) {
      fail();
      return;
    }
    request.open("POST", address);
    if (token) request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.responseType = "json";
    request.timeout = patience;
    request.upload.onprogress = (event) => event.lengthComputable && progress?.(event.loaded / event.total);
    request.onload = () => resolve({ status: request.status, body: request.response });
    request.onerror = request.ontimeout = request.onabort = fail;
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(form);
  });
}

function isAttachment(value: unknown): value is Attachment {
  return typeof value === "object" && value !== null && "file_id" in value && typeof value.file_id === "string" && "name" in value && typeof value.name === "string";
}
