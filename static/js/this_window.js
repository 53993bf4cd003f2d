// The name of this window: the same after it is loaded again, and never that of another that is open.

const NAME = "os2:window";
const PATIENCE = 1500; // milliseconds; the page that was here before gives its name up as it goes

const lockOf = (name) => `${NAME}:${name}`;

/** Hold a name for as long as the window is open; false where another window holds it. */
function hold(name) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(PATIENCE);
    const forever = () => {
      resolve(true);
      return new Promise(() => {});
    };
    navigator.locks.request(lockOf(name), { signal }, forever).catch(() => resolve(false));
  });
}

export async function nameThisWindow() {
  const before = sessionStorage.getItem(NAME);
  if (before && (await hold(before))) return before;
  const name = crypto.randomUUID(); // a window that was copied has its twin's storage too
  sessionStorage.setItem(NAME, name);
  hold(name);
  return name;
}

/** Whether a window of that name is open now: then it looks after its own text. */
export async function isOpen(name) {
  if (!navigator.locks) return false;
  const { held } = await navigator.locks.query();
  return held.some((lock) => lock.name === lockOf(name));
}
