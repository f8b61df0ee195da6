// An address with `terkirim` says that a text of this phone has arrived as a form: it may go.
import { drop, get } from "./store.js";

export const account = Number(document.body.dataset.akun) || null;

async function letGo() {
  const here = new URL(location.href);
  const id = here.searchParams.get("terkirim");
  if (!id || !account) return;
  here.searchParams.delete("terkirim");
  history.replaceState(null, "", here);
  if ((await get("sheets", id))?.account === account) await drop(id, account);
}

export const arrived = letGo().catch((problem) => console.warn("nothing is kept on this phone", problem));
