// The part of the site that is its own: who is signed in, and its jobs.
export function userOf(request) {
  const id = /(?:^|; )user=(\w+)/.exec(request.headers.cookie ?? "")?.[1];
  return id ? { id, role: "client" } : null;
}

export function saveJob(id, { title }) {
  if (!title) throw new Error("a job has a title");
  return `${process.env.HOST}/jobs/${id}`;
}
