import { cookies } from "next/headers";

export async function currentUser() {
  const id = (await cookies()).get("user")?.value;
  return id ? { id, role: "client" } : null;
}
