// Where a text can no longer be written: what this browser kept of it is shown, to be copied or thrown away.
import { Keeping } from "writing/keeping";
import { showLost } from "writing/lost";
import { nameThisWindow } from "writing/this_window";

const place = document.querySelector("[data-lost]");
const { writer, charter, keepKey: key } = place.dataset;
const keeping = new Keeping({ writer, charter, key, window: nameThisWindow() });

for (const found of await keeping.found()) {
  showLost(place, found, { discard: () => keeping.discard(found) });
}
