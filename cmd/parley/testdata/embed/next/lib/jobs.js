export async function saveJob(id, { title }) {
  if (!title) throw new Error("a job has a title");
  return `${process.env.HOST}/jobs/${id}`;
}
