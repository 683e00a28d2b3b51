import { RequestError } from "./connection";
import type { Attachment, Problem } from "./protocol";

/** The largest file that the server reads, in bytes. */
export const maxFileBytes = 5 * 1024 * 1024;

/**
 * Uploads a file into a conversation. Fetch tells nothing of how far an upload
 * is, so this is an XMLHttpRequest. Aborting the signal ends it.
 */
export function uploadFile(base: string, session: string, token: string, file: File, progress: (part: number) => void, signal: AbortSignal): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    form.append("file", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", `${base}/v1/sessions/${encodeURIComponent(session)}/files`);
    request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.responseType = "json";
    request.timeout = 120_000;
    const fail = (problem: Problem) => reject(new RequestError(problem));
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => {
      const body: unknown = request.response;
      if (request.status === 201 && isAttachment(body)) resolve({ file_id: body.file_id, name: body.name });
      else fail(isProblem(body) ? body : { code: "internal", message: "", temporary: true });
    };
    request.onerror = request.ontimeout = () => fail({ code: "offline", message: "", temporary: true });
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

function isAttachment(value: unknown): value is Attachment {
  return typeof value === "object" && value !== null && "file_id" in value && typeof value.file_id === "string" && "name" in value && typeof value.name === "string";
}

function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "code" in value && "message" in value;
}
