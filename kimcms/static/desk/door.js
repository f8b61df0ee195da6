// Nobody is signed in: without a connection, this phone's page for writing knows nobody either.
// The texts stay, for their own account.
import { remove } from "./store.js";

remove("phone", "who").catch(() => {});
